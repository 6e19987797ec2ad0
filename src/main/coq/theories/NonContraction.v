(** Constant steps that do not contract: below 0, or of at least 2/lambda_max.
    v is a vector with v'Gv = r v'v, its Rayleigh quotient; no eigenvector is
    needed. B = I - eta G.

    - [growth]: |1 - eta r|^t |v| <= |B^t v|, any step
    - [non_contraction]: |v| <= |B^t v| where eta <= 0 or eta r >= 2
    - [non_contraction_row_space]: |1 - eta r|^t |w| <= |B^t w| for such a step
      and some w <> 0 in the row space
    - [non_contraction_descent]: |theta(0) - s| <= |theta(t) - s| for some
      theta(0) with theta(0) - s <> 0 in the row space
    - [no_contraction]: steps that contract by f have f >= |1 - eta r|^T

    Exports: these. *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Model Forms Descent Convergence Stronger.

Local Open Scope R_scope.

Section NonContraction.

Variables (n d : nat) (X : mat).

Local Notation Xm := (mulmv d X).
Local Notation G := (mulmv d (gram n X)).
Local Notation B_ eta t v := (descent_operator n d (fun _ => eta) X t v).

(** |B^(t+1) v|^2 = <B^t v, B^(t+2) v> <= |B^t v| |B^(t+2) v|: the ratios
    |B^(t+1) v|/|B^t v| do not decrease. *)
Lemma norm_log_convex eta v t :
  norm d (B_ eta (S t) v) * norm d (B_ eta (S t) v)
  <= norm d (B_ eta t v) * norm d (B_ eta (S (S t)) v).
Proof.
rewrite norm_sqr, <- constant_moment.
replace (S t + S t)%nat with (t + S (S t))%nat by lia.
rewrite constant_moment.
apply Rle_trans with (1 := Rle_abs _), cauchy_schwarz.
Qed.

(** |1 - eta r|^t |v| <= |B^t v| where v'Gv = r v'v *)
Theorem growth eta r v t :
  0 < dot d v v -> energy n d X v = r * dot d v v ->
  Rabs (1 - eta * r) ^ t * norm d v <= norm d (B_ eta t v).
Proof.
intros v_ne0 rayleigh.
assert (norm_gt0 : 0 < norm d v) by (apply sqrt_lt_R0, v_ne0).
apply (log_convex_power (fun t => norm d (B_ eta t v))).
- intros s; apply norm_ge0.
- intros s; apply norm_log_convex.
- exact norm_gt0.
- apply Rabs_pos.
- assert (schwarz := cauchy_schwarz d v (B_ eta 1 v)).
  assert (quotient : dot d v (B_ eta 1 v) = (1 - eta * r) * dot d v v).
  { rewrite dot_operator_step; simpl.
    change (dot n (Xm v) (Xm v)) with (energy n d X v).
    rewrite rayleigh; ring. }
  rewrite quotient, Rabs_mult, (Rabs_pos_eq _ (dot_ge0 d v)) in schwarz.
  rewrite <- norm_sqr in schwarz.
  apply Rmult_le_reg_l with (1 := norm_gt0); simpl descent_operator at 1; lra.
Qed.

Lemma gain_ge1 eta r :
  0 < r -> eta <= 0 \/ 2 <= eta * r -> 1 <= Rabs (1 - eta * r).
Proof.
intros r_gt0 [eta_le0 | eta_ge2].
- apply Rle_trans with (2 := Rle_abs _); nra.
- rewrite <- Rabs_Ropp; apply Rle_trans with (2 := Rle_abs _); lra.
Qed.

(** |v| <= |B^t v| where v'Gv = r v'v and eta <= 0 or eta r >= 2 *)
Theorem non_contraction eta r v t :
  0 < dot d v v -> energy n d X v = r * dot d v v -> 0 < r ->
  eta <= 0 \/ 2 <= eta * r ->
  norm d v <= norm d (B_ eta t v).
Proof.
intros v_ne0 rayleigh r_gt0 step_bad.
apply Rle_trans with (2 := growth eta r v t v_ne0 rayleigh).
assert (gain := pow_R1_Rle _ t (gain_ge1 eta r r_gt0 step_bad)).
assert (v_ge0 := norm_ge0 d v); nra.
Qed.

(** G v has a Rayleigh quotient of at least that of v. *)
Lemma rayleigh_gram r v :
  0 < dot d v v -> energy n d X v = r * dot d v v -> 0 < r ->
  0 < dot d (G v) (G v) /\
  r * dot d (G v) (G v) <= energy n d X (G v).
Proof.
intros v_ne0 rayleigh r_gt0.
set (w := G v).
assert (vw : dot d v w = energy n d X v) by apply dot_gram.
assert (ww : dot d w w = dot n (Xm v) (Xm w)).
{ unfold w at 2; rewrite dot_gram; apply dot_sym. }
assert (low := cauchy_schwarz_sqr d v w).
assert (high := cauchy_schwarz_sqr n (Xm v) (Xm w)).
change (dot n (Xm w) (Xm w)) with (energy n d X w) in high.
change (dot n (Xm v) (Xm v)) with (energy n d X v) in high.
rewrite <- ww, rayleigh in high; rewrite vw, rayleigh in low.
assert (ww_ge : r * r * dot d v v <= dot d w w).
{ apply Rmult_le_reg_l with (1 := v_ne0); lra. }
assert (rr_gt0 : 0 < r * r) by (apply Rmult_lt_0_compat; assumption).
assert (ww_gt0 : 0 < dot d w w).
{ apply Rlt_le_trans with (2 := ww_ge).
  apply Rmult_lt_0_compat; assumption. }
split; [exact ww_gt0 |].
apply Rmult_le_reg_l with (1 := Rmult_lt_0_compat _ _ r_gt0 v_ne0).
apply Rle_trans with (2 := high).
replace (r * dot d v v * (r * dot d w w))
  with (r * r * dot d v v * dot d w w) by ring.
apply Rmult_le_compat_r; lra.
Qed.

(** A start in the row space from which no step comes closer *)
Theorem non_contraction_row_space eta r v :
  0 < dot d v v -> energy n d X v = r * dot d v v -> 0 < r ->
  eta <= 0 \/ 2 <= eta * r ->
  exists w, in_row_space n d X w /\ 0 < norm d w /\
    forall t, Rabs (1 - eta * r) ^ t * norm d w <= norm d (B_ eta t w).
Proof.
intros v_ne0 rayleigh r_gt0 step_bad.
destruct (rayleigh_gram r v v_ne0 rayleigh r_gt0) as [w_ne0 w_ge].
set (w := G v) in *; set (s := energy n d X w / dot d w w).
assert (w_rayleigh : energy n d X w = s * dot d w w)
  by (unfold s; field; lra).
assert (s_ge : r <= s).
{ apply Rmult_le_reg_r with (1 := w_ne0); lra. }
exists w; split; [apply row_space_gram | split].
- apply sqrt_lt_R0, w_ne0.
- intros t; apply Rle_trans with (2 := growth eta s w t w_ne0 w_rayleigh).
  apply Rmult_le_compat_r; [apply norm_ge0 |]; apply pow_incr.
  split; [apply Rabs_pos |].
  destruct step_bad as [eta_le0 | eta_ge2].
  + rewrite !Rabs_pos_eq by nra; nra.
  + assert (eta_gt0 : 0 < eta) by nra.
    rewrite !Rabs_left by nra; nra.
Qed.

(** Gradient descent from there: |theta(t) - s| >= |theta(0) - s| > 0 for
    every t, s a solution of the normal equations *)
Theorem non_contraction_descent eta r v y s :
  0 < dot d v v -> energy n d X v = r * dot d v v -> 0 < r ->
  eta <= 0 \/ 2 <= eta * r -> least_squares n d X y s ->
  exists theta, in_row_space n d X (vsub theta s) /\
    0 < norm d (vsub theta s) /\
    forall t, norm d (vsub theta s)
      <= norm d (vsub (descent n d (fun _ => eta) X y theta t) s).
Proof.
intros v_ne0 rayleigh r_gt0 step_bad normal_eq.
destruct (non_contraction_row_space eta r v v_ne0 rayleigh r_gt0 step_bad)
  as [w [w_row [w_gt0 w_grows]]].
exists (vadd s w).
assert (start_eq : veq d (vsub (vadd s w) s) w)
  by (intros i _; unfold vsub, vadd; ring).
split; [| split].
- apply (row_space_ext n d X w); [apply veq_sym, start_eq | exact w_row].
- rewrite (norm_ext d _ _ start_eq); exact w_gt0.
- intros t; rewrite (norm_ext d _ _ start_eq).
  rewrite (norm_ext d _ _ (descent_error n d X _ y (vadd s w) s normal_eq t)).
  rewrite (norm_ext d _ _
    (descent_operator_ext n d X (fun _ => eta) t _ _ start_eq)).
  apply Rle_trans with (2 := w_grows t).
  assert (gain := pow_R1_Rle _ t (gain_ge1 eta r r_gt0 step_bad)); nra.
Qed.

(** Then no factor below |1 - eta r|^T, in particular none below 1, is one of
    contraction. *)
Theorem no_contraction eta r v T f :
  0 < dot d v v -> energy n d X v = r * dot d v v -> 0 < r ->
  eta <= 0 \/ 2 <= eta * r ->
  contraction n d (fun _ => eta) X T f -> Rabs (1 - eta * r) ^ T <= f.
Proof.
intros v_ne0 rayleigh r_gt0 step_bad contracts.
destruct (non_contraction_row_space eta r v v_ne0 rayleigh r_gt0 step_bad)
  as [w [w_row [w_gt0 w_grows]]].
apply Rmult_le_reg_r with (1 := w_gt0).
apply Rle_trans with (1 := w_grows T), contracts, w_row.
Qed.

End NonContraction.
