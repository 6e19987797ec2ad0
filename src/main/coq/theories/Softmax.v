(** Softmax regression (Li et al. 2023, LI2023): f(x) = exp(Ax)/<exp(Ax), 1>.

    Exports
    - [softmax], [softmax_regression] (f), [softmax_jacobian] diag(p) - pp'
    - [softmax_derivative], [softmax_regression_derivative]
    - [jacobian_psd], [jacobian_half]: 0 <= diag(p) - pp' <= I/2
    - [softmax_lipschitz]: |f(Ax') - f(Ax)| <= 1/2 |A (x' - x)|, for any
      arguments of the softmax
    - [softmax_regression_lipschitz], [softmax_shift]: R/2 |x' - x| where
      |A v| <= R |v|; the paper's constant is n^1.5 exp(10 R^2) *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Definite.

Local Open Scope R_scope.

(** exp(u)/<exp(u), 1> in R^n *)
Definition softmax (n : nat) (u : vec) : vec :=
  fun i => exp (u i) / sum n (fun j => exp (u j)).

(** f(x) = exp(Ax)/<exp(Ax), 1>, A: n x d *)
Definition softmax_regression (n d : nat) (A : mat) (x : vec) : vec :=
  softmax n (mulmv d A x).

(** diag(p) - p p' *)
Definition softmax_jacobian (p : vec) : mat :=
  fun i j => p i * unit_matrix i j - p i * p j.

(** p_i > 0 and they sum to 1. *)
Definition distribution (n : nat) (p : vec) : Prop :=
  (forall i, (i < n)%nat -> 0 < p i) /\ sum n p = 1.

Lemma sum_exp_gt0 n u : (0 < n)%nat -> 0 < sum n (fun j => exp (u j)).
Proof.
destruct n as [| n]; [lia |]; intros _; simpl.
assert (init_ge0 : 0 <= sum n (fun j => exp (u j))).
{ apply sum_ge0; intros j _; left; apply exp_pos. }
assert (last_gt0 := exp_pos (u n)); lra.
Qed.

Lemma softmax_distribution n u : (0 < n)%nat -> distribution n (softmax n u).
Proof.
intros n_gt0; assert (total_gt0 := sum_exp_gt0 n u n_gt0); split.
- intros i _; apply Rmult_lt_0_compat; [apply exp_pos |].
  apply Rinv_0_lt_compat, total_gt0.
- unfold softmax; set (total := sum n (fun j => exp (u j))) in *.
  rewrite (sum_ext n _ (fun i => / total * exp (u i)))
    by (intros; unfold Rdiv; ring).
  rewrite sum_scale; fold total; field; lra.
Qed.

(** * The Jacobian *)

Lemma mulmv_jacobian n p v i :
  (i < n)%nat ->
  mulmv n (softmax_jacobian p) v i = p i * (v i - dot n p v).
Proof.
intros i_lt; unfold mulmv, softmax_jacobian.
transitivity (p i * (mulmv n unit_matrix v i - dot n p v)).
- unfold mulmv, dot; rewrite <- sum_sub, <- sum_scale.
  apply sum_ext; intros; ring.
- rewrite mulmv_unit by exact i_lt; reflexivity.
Qed.

Lemma jacobian_symmetric n p : symmetric n (softmax_jacobian p).
Proof.
intros i j i_lt j_lt; unfold softmax_jacobian, unit_matrix.
rewrite (Nat.eqb_sym j i).
destruct (Nat.eqb_spec i j) as [ij_eq | _]; [subst j |]; ring.
Qed.

Lemma jacobian_off n p i :
  distribution n p -> (i < n)%nat ->
  sum n (fun j => if (j =? i)%nat then 0 else p i * p j) = p i * (1 - p i).
Proof.
intros [_ p_sum] i_lt.
rewrite (sum_ext n _ (fun j => p i * p j
                               - (if (j =? i)%nat then p i * p j else 0))).
- rewrite sum_sub, sum_scale, p_sum, (sum_pick n i); [| exact i_lt |].
  + rewrite Nat.eqb_refl; ring.
  + intros j _ j_ne; rewrite (proj2 (Nat.eqb_neq j i) j_ne); reflexivity.
- intros j _; destruct (j =? i)%nat; ring.
Qed.

Lemma jacobian_abs n p i j :
  distribution n p -> (i < n)%nat -> (j < n)%nat -> j <> i ->
  Rabs (softmax_jacobian p i j) = p i * p j.
Proof.
intros [p_gt0 _] i_lt j_lt j_ne; unfold softmax_jacobian, unit_matrix.
rewrite (proj2 (Nat.eqb_neq i j)) by lia.
assert (i_gt0 := p_gt0 i i_lt); assert (j_gt0 := p_gt0 j j_lt).
assert (product_gt0 := Rmult_lt_0_compat _ _ i_gt0 j_gt0).
rewrite Rabs_left; lra.
Qed.

(** The variance of v under p is not negative. *)
Lemma jacobian_psd n p : distribution n p -> psd n (softmax_jacobian p).
Proof.
intros p_dist; apply dominant_psd; [apply jacobian_symmetric |].
intros i i_lt.
rewrite (sum_ext n _ (fun j => if (j =? i)%nat then 0 else p i * p j)).
- rewrite jacobian_off by trivial; unfold softmax_jacobian, unit_matrix.
  rewrite Nat.eqb_refl; lra.
- intros j j_lt; destruct (Nat.eqb_spec j i) as [_ | j_ne]; [reflexivity |].
  apply (jacobian_abs n); trivial.
Qed.

(** v'Jv <= 1/2 |v|^2: I/2 - J is diagonally dominant, since
    p_i (1 - p_i) <= 1/4. *)
Lemma jacobian_half n p v :
  distribution n p -> form n (softmax_jacobian p) v <= / 2 * dot n v v.
Proof.
intros p_dist.
set (rest := fun i j => / 2 * unit_matrix i j - softmax_jacobian p i j).
assert (rest_psd : psd n rest).
{ apply dominant_psd.
  - intros i j i_lt j_lt; unfold rest.
    rewrite (unit_symmetric n i j), (jacobian_symmetric n p i j) by trivial.
    reflexivity.
  - intros i i_lt.
    rewrite (sum_ext n _ (fun j => if (j =? i)%nat then 0 else p i * p j)).
    + rewrite jacobian_off by trivial.
      unfold rest, softmax_jacobian, unit_matrix; rewrite Nat.eqb_refl.
      assert (square_ge0 := Rle_0_sqr (p i - / 2)); unfold Rsqr in square_ge0.
      lra.
    + intros j j_lt; destruct (Nat.eqb_spec j i) as [_ | j_ne];
        [reflexivity |].
      rewrite <- (jacobian_abs n p i j) by trivial.
      unfold rest, unit_matrix; rewrite (proj2 (Nat.eqb_neq i j)) by lia.
      rewrite Rmult_0_r, Rminus_0_l; apply Rabs_Ropp. }
assert (rest_ge0 := rest_psd v); unfold rest in rest_ge0.
rewrite form_sub, form_scale, form_unit in rest_ge0; lra.
Qed.

(** |<w, J v>| <= 1/2 |w| |v| *)
Lemma jacobian_bilinear n p v w :
  distribution n p ->
  Rabs (dot n w (mulmv n (softmax_jacobian p) v))
  <= / 2 * (norm n w * norm n v).
Proof.
intros p_dist; set (b := dot n w (mulmv n (softmax_jacobian p) v)).
assert (norm_w := norm_ge0 n w); assert (norm_v := norm_ge0 n v).
assert (product_ge0 : 0 <= norm n w * norm n v)
  by (apply Rmult_le_pos; trivial).
apply Rsqr_incr_0_var; [| lra].
rewrite <- Rsqr_abs; unfold Rsqr.
apply Rle_trans with (form n (softmax_jacobian p) w
                      * form n (softmax_jacobian p) v).
- apply psd_cauchy_schwarz; [apply jacobian_symmetric |].
  apply jacobian_psd, p_dist.
- replace (/ 2 * (norm n w * norm n v) * (/ 2 * (norm n w * norm n v)))
    with (/ 2 * (norm n w * norm n w) * (/ 2 * (norm n v * norm n v)))
    by ring.
  rewrite !norm_sqr.
  apply Rmult_le_compat; try apply jacobian_half; trivial;
    apply jacobian_psd, p_dist.
Qed.

(** * The derivative *)

Lemma sum_derivative n (F : nat -> R -> R) (F' : vec) s :
  (forall i, (i < n)%nat -> derivable_pt_lim (F i) s (F' i)) ->
  derivable_pt_lim (fun r => sum n (fun i => F i r)) s (sum n F').
Proof.
induction n as [| n IHn]; intros each; simpl.
- apply derivable_pt_lim_const.
- apply (derivable_pt_lim_plus (fun r => sum n (fun i => F i r)) (F n)).
  + apply IHn; intros i i_lt; apply each; lia.
  + apply each; lia.
Qed.

(** d/ds exp(a + s b) = b exp(a + s b) *)
Lemma exp_derivative a b s :
  derivable_pt_lim (fun r => exp (a + r * b)) s (b * exp (a + s * b)).
Proof.
assert (inner : derivable_pt_lim (fun r => a + r * b) s
                  (0 + (1 * b + s * 0))).
{ apply (derivable_pt_lim_plus (fun _ => a) (fun r => r * b)).
  - apply derivable_pt_lim_const.
  - apply (derivable_pt_lim_mult (fun r => r) (fun _ => b)).
    + apply derivable_pt_lim_id.
    + apply derivable_pt_lim_const. }
replace (b * exp (a + s * b)) with (exp (a + s * b) * (0 + (1 * b + s * 0)))
  by ring.
apply (derivable_pt_lim_comp (fun r => a + r * b) exp); [exact inner |].
apply derivable_pt_lim_exp.
Qed.

(** u + s v *)
Definition ray (u v : vec) (s : R) : vec := fun i => u i + s * v i.

(** d/ds softmax(u + s v) = (diag(p) - p p') v, p = softmax(u + s v) *)
Theorem softmax_derivative n u v s i :
  (i < n)%nat ->
  derivable_pt_lim (fun r => softmax n (ray u v r) i) s
    (mulmv n (softmax_jacobian (softmax n (ray u v s))) v i).
Proof.
intros i_lt; assert (n_gt0 : (0 < n)%nat) by lia.
assert (total_gt0 := sum_exp_gt0 n (ray u v s) n_gt0).
rewrite mulmv_jacobian by exact i_lt.
set (total := fun r => sum n (fun j => exp (ray u v r j))).
set (slope := sum n (fun j => v j * exp (ray u v s j))).
replace (softmax n (ray u v s) i * (v i - dot n (softmax n (ray u v s)) v))
  with ((v i * exp (ray u v s i) * total s - slope * exp (ray u v s i))
        / Rsqr (total s)).
- apply (derivable_pt_lim_div (fun r => exp (ray u v r i)) total).
  + apply exp_derivative.
  + apply (sum_derivative n (fun j r => exp (ray u v r j))
             (fun j => v j * exp (ray u v s j))).
    intros j _; apply exp_derivative.
  + apply Rgt_not_eq, total_gt0.
- assert (mean : dot n (softmax n (ray u v s)) v = / total s * slope).
  { unfold slope; rewrite <- sum_scale; apply sum_ext; intros j _.
    unfold softmax, Rdiv; fold (total s); ring. }
  rewrite mean; unfold softmax; fold (total s); unfold Rsqr.
  field; apply Rgt_not_eq, total_gt0.
Qed.

(** The derivative of f(x) = exp(Ax)/<exp(Ax), 1> in direction h:
    (diag(f) - f f') A h *)
Theorem softmax_regression_derivative n d A x h i :
  (i < n)%nat ->
  derivable_pt_lim
    (fun s => softmax_regression n d A (vadd x (vscale s h)) i) 0
    (mulmv n (softmax_jacobian (softmax_regression n d A x))
       (mulmv d A h) i).
Proof.
intros i_lt.
assert (at_ray : forall s j,
  softmax_regression n d A (vadd x (vscale s h)) j
  = softmax n (ray (mulmv d A x) (mulmv d A h) s) j).
{ intros s j; unfold softmax_regression, softmax, ray.
  rewrite mulmv_add, mulmv_scale; f_equal; apply sum_ext; intros l _.
  rewrite mulmv_add, mulmv_scale; reflexivity. }
assert (start : forall j, softmax n (ray (mulmv d A x) (mulmv d A h) 0) j
                          = softmax_regression n d A x j).
{ intros j; unfold softmax_regression, softmax, ray.
  rewrite Rmult_0_l, Rplus_0_r; f_equal; apply sum_ext; intros l _.
  rewrite Rmult_0_l, Rplus_0_r; reflexivity. }
intros eps eps_gt0.
destruct (softmax_derivative n (mulmv d A x) (mulmv d A h) 0 i i_lt eps eps_gt0)
  as [delta near].
exists delta; intros s s_ne0 s_lt; specialize (near s s_ne0 s_lt).
rewrite !at_ray.
rewrite mulmv_jacobian in near |- * by exact i_lt.
rewrite start in near.
rewrite (dot_ext n (softmax_regression n d A x)
           (softmax n (ray (mulmv d A x) (mulmv d A h) 0))
           (mulmv d A h) (mulmv d A h)).
- rewrite start; exact near.
- intros j _; symmetry; apply start.
- intros j _; reflexivity.
Qed.

(** * The Lipschitz constant *)

Theorem softmax_lipschitz n u u' :
  norm n (vsub (softmax n u') (softmax n u)) <= / 2 * norm n (vsub u' u).
Proof.
destruct (Nat.eq_dec n 0) as [n_eq | n_ne].
{ subst n; unfold norm, dot; simpl; rewrite sqrt_0; lra. }
assert (n_gt0 : (0 < n)%nat) by lia.
set (v := vsub u' u); set (w := vsub (softmax n u') (softmax n u)).
set (phi := fun s => sum n (fun i => w i * softmax n (ray u v s) i)).
set (phi' := fun s => sum n (fun i =>
  w i * mulmv n (softmax_jacobian (softmax n (ray u v s))) v i)).
destruct (MVT_cor2 phi phi' 0 1 Rlt_0_1) as [s [phi_eq _]].
- intros s _; unfold phi, phi'.
  apply (sum_derivative n (fun i r => w i * softmax n (ray u v r) i)
    (fun i =>
       w i * mulmv n (softmax_jacobian (softmax n (ray u v s))) v i)).
  intros i i_lt.
  apply (derivable_pt_lim_scal (fun r => softmax n (ray u v r) i)).
  apply softmax_derivative, i_lt.
- assert (phi_end : phi 1 = dot n w (softmax n u')).
  { apply sum_ext; intros i _; f_equal; unfold softmax, ray, v, vsub.
    replace (u i + 1 * (u' i - u i)) with (u' i) by ring; f_equal.
    apply sum_ext; intros j _; f_equal; ring. }
  assert (phi_start : phi 0 = dot n w (softmax n u)).
  { apply sum_ext; intros i _; f_equal; unfold softmax, ray.
    rewrite Rmult_0_l, Rplus_0_r; f_equal.
    apply sum_ext; intros j _; f_equal; ring. }
  rewrite phi_end, phi_start, <- dot_sub_r in phi_eq; fold w in phi_eq.
  assert (slope_le := jacobian_bilinear n (softmax n (ray u v s)) v w
                        (softmax_distribution n _ n_gt0)).
  assert (square_le : norm n w * norm n w <= / 2 * norm n v * norm n w).
  { rewrite norm_sqr, phi_eq.
    change (phi' s) with
      (dot n w (mulmv n (softmax_jacobian (softmax n (ray u v s))) v)).
    assert (abs_le := Rle_abs
      (dot n w (mulmv n (softmax_jacobian (softmax n (ray u v s))) v))).
    lra. }
  assert (norm_v := norm_ge0 n v).
  destruct (norm_ge0 n w) as [w_gt0 | w_eq0]; [| lra].
  apply (Rmult_le_reg_r (norm n w)); [exact w_gt0 | exact square_le].
Qed.

(** |f(x') - f(x)| <= 1/2 |A (x' - x)| *)
Theorem softmax_regression_lipschitz n d A x x' :
  norm n (vsub (softmax_regression n d A x') (softmax_regression n d A x))
  <= / 2 * norm n (mulmv d A (vsub x' x)).
Proof.
apply Rle_trans with (1 := softmax_lipschitz n _ _); right; f_equal.
apply norm_ext; intros i _; rewrite mulmv_sub; reflexivity.
Qed.

(** The shift constant R/2: |f(x') - f(x)| <= R/2 |x' - x| *)
Theorem softmax_shift n d A radius x x' :
  (forall v, norm n (mulmv d A v) <= radius * norm d v) ->
  norm n (vsub (softmax_regression n d A x') (softmax_regression n d A x))
  <= radius / 2 * norm d (vsub x' x).
Proof.
intros A_le; specialize (A_le (vsub x' x)).
assert (half_le := softmax_regression_lipschitz n d A x x'); lra.
Qed.
