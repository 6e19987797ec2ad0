(** Iterates that come from rounded arithmetic: r(0), .., r(k) of which every
    step is off from a step of gradient descent by at most rho.

    - [rounded_trajectory_schedule]: |r(k) - tt| <= prod (1 - eta_t mu)
      |r(0) - tt| + k rho
    - [rounded_trajectory_constant]: |r(k) - tt| <= (1 - eta mu)^k |r(0) - tt|
      + rho min(k, 1/(eta mu))

    tt is the least-squares solution, mu I <= G <= L I, 0 <= eta_t <= 1/L.

    Exports: these, [rounded_steps]. *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Model Forms Descent Convergence.

Local Open Scope R_scope.

(** |r(t+1) - (r(t) - eta_t (G r(t) - b))| <= rho for t < k *)
Definition rounded_steps (n d : nat) (eta : nat -> R) (X : mat) (y : vec)
    (rho : R) (r : nat -> vec) (k : nat) : Prop :=
  forall t, (t < k)%nat ->
  norm d (vsub (r (S t))
    (vsub (r t) (vscale (eta t) (gradient n d X y (r t))))) <= rho.

Section Rounding.

Variables (n d : nat) (X : mat).

Local Notation step eta := (pencil n d X 1 (- eta)).

(** |r(t+1) - tt| <= (1 - eta_t mu)|r(t) - tt| + rho *)
Lemma rounded_step mu L eta y tt u v rho :
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  0 <= eta -> eta * L <= 1 -> least_squares n d X y tt ->
  norm d (vsub v (vsub u (vscale eta (gradient n d X y u)))) <= rho ->
  norm d (vsub v tt) <= (1 - eta * mu) * norm d (vsub u tt) + rho.
Proof.
intros mu_gt0 G_ge G_le eta_ge0 eta_le normal_eq off.
set (w := vsub u (vscale eta (gradient n d X y u))) in *.
rewrite (norm_ext d _ (vadd (vsub v w) (vsub w tt)))
  by (intros i _; unfold vadd, vsub; ring).
apply Rle_trans with (1 := norm_triangle d _ _).
rewrite (Rplus_comm _ rho); apply Rplus_le_compat; [exact off |].
assert (w_eq : veq d (vsub w tt) (step eta (vsub u tt))).
{ intros i i_lt.
  assert (error_eq := descent_error n d X (fun _ => eta) y u tt normal_eq 1
    i i_lt).
  rewrite descent_operator_step in error_eq; exact error_eq. }
rewrite (norm_ext d _ _ w_eq); apply (step_small n d X L mu); try assumption.
- apply strongly_convex_rows, G_ge.
- apply full_rank_row_space, (strongly_convex_full_rank n d X mu); assumption.
Qed.

(** Where 1 - eta mu < 0 for a small step, d = 0 and all norms are 0. *)
Lemma small_step_norm mu L eta :
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  0 <= eta -> eta * L <= 1 ->
  0 <= 1 - eta * mu \/ forall v, norm d v = 0.
Proof.
intros mu_gt0 G_ge G_le eta_ge0 eta_le.
destruct (small_step_factor n d X L mu eta G_le
  (strongly_convex_rows n d X mu G_ge) eta_ge0 eta_le)
  as [factor_ge0 | row_zero]; [left; exact factor_ge0 | right; intros v].
unfold norm; rewrite row_zero; [apply sqrt_0 |].
apply full_rank_row_space, (strongly_convex_full_rank n d X mu); assumption.
Qed.

(** |r(k) - tt| <= prod (1 - eta_t mu) |r(0) - tt| + rho k *)
Theorem rounded_trajectory_schedule mu L eta y tt rho r k :
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  small_steps L eta k -> least_squares n d X y tt ->
  0 <= rho -> rounded_steps n d eta X y rho r k ->
  norm d (vsub (r k) tt)
  <= prod k (fun t => 1 - eta t * mu) * norm d (vsub (r 0%nat) tt)
     + rho * INR k.
Proof.
intros mu_gt0 G_ge G_le steps_small normal_eq rho_ge0 off.
induction k as [| k IHk]; [simpl; lra |].
assert (before : norm d (vsub (r k) tt)
  <= prod k (fun t => 1 - eta t * mu) * norm d (vsub (r 0%nat) tt)
     + rho * INR k).
{ apply IHk; [apply (small_steps_le L eta k (S k)); auto with arith |].
  intros t t_lt; apply off; lia. }
destruct (steps_small k (Nat.lt_succ_diag_r k)) as [eta_ge0 eta_le].
assert (last := rounded_step mu L (eta k) y tt (r k) (r (S k)) rho mu_gt0
  G_ge G_le eta_ge0 eta_le normal_eq (off k (Nat.lt_succ_diag_r k))).
assert (k_ge0 := pos_INR k).
rewrite S_INR; simpl prod.
destruct (small_step_norm mu L (eta k) mu_gt0 G_ge G_le eta_ge0 eta_le)
  as [factor_ge0 | norm_zero].
- assert (factor_le1 : 1 - eta k * mu <= 1) by nra.
  apply Rle_trans with (1 := last).
  assert (scaled := Rmult_le_compat_l _ _ _ factor_ge0 before).
  assert (offset_ge0 := Rmult_le_pos _ _ rho_ge0 k_ge0).
  assert (offset_le : (1 - eta k * mu) * (rho * INR k) <= rho * INR k) by nra.
  lra.
- rewrite !norm_zero; nra.
Qed.

(** |r(k) - tt| <= (1 - eta mu)^k |r(0) - tt| + rho min(k, 1/(eta mu)) *)
Theorem rounded_trajectory_constant mu L eta y tt rho r k :
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  0 < eta -> eta * L <= 1 -> least_squares n d X y tt ->
  0 <= rho -> rounded_steps n d (fun _ => eta) X y rho r k ->
  norm d (vsub (r k) tt)
  <= (1 - eta * mu) ^ k * norm d (vsub (r 0%nat) tt)
     + rho * Rmin (INR k) (1 / (eta * mu)).
Proof.
intros mu_gt0 G_ge G_le eta_gt0 eta_le normal_eq rho_ge0 off.
assert (eta_ge0 := Rlt_le _ _ eta_gt0).
assert (rate_gt0 := Rmult_lt_0_compat _ _ eta_gt0 mu_gt0).
assert (by_count := rounded_trajectory_schedule mu L (fun _ => eta) y tt rho r
  k mu_gt0 G_ge G_le (fun _ _ => conj eta_ge0 eta_le) normal_eq rho_ge0 off).
cbv beta in by_count; rewrite prod_const in by_count.
unfold Rmin; destruct (Rle_dec (INR k) (1 / (eta * mu)));
  [exact by_count |]; clear by_count.
assert (offset_ge0 : 0 <= rho * (1 / (eta * mu))).
{ apply Rmult_le_pos; [exact rho_ge0 |].
  left; apply Rdiv_lt_0_compat; lra. }
destruct (small_step_norm mu L eta mu_gt0 G_ge G_le eta_ge0 eta_le)
  as [factor_ge0 | norm_zero]; [| rewrite !norm_zero; lra].
assert (geometric : forall t, (t <= k)%nat ->
  norm d (vsub (r t) tt)
  <= (1 - eta * mu) ^ t * norm d (vsub (r 0%nat) tt)
     + rho * (1 / (eta * mu))).
{ induction t as [| t IHt]; intros t_le; [simpl; lra |].
  assert (before := IHt (Nat.lt_le_incl t k t_le)).
  assert (last := rounded_step mu L eta y tt (r t) (r (S t)) rho mu_gt0
    G_ge G_le eta_ge0 eta_le normal_eq (off t t_le)).
  assert (scaled := Rmult_le_compat_l _ _ _ factor_ge0 before).
  assert (offset_eq : (1 - eta * mu) * (rho * (1 / (eta * mu))) + rho
    = rho * (1 / (eta * mu))) by (field; lra).
  simpl pow; lra. }
apply geometric, Nat.le_refl.
Qed.

End Rounding.
