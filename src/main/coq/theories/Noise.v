(** Labels with noise, y = X theta* + eps, and small steps. The iterates are
    those without noise plus those of the labels eps from 0, u(t).

    - [noise_bound]: |<TF, theta*> - alpha |theta*|^2| <= |alpha|
      (|theta*|^2 prod (1 - eta_t mu) + |theta*| |eps| min(1/mu, S)^(1/2)),
      the sum of the steps at most S
    - [noise_bound_constant]: the same with (1 - eta mu)^T
    - [noise_bound_contraction]: the same with any factor by which the steps
      contract
    - [noise_iterate_steps]: |u(T)|^2 <= S |eps|^2, from the descent of the loss
    - [noise_iterate_fit]: |X u(T)| <= |eps|, so that mu |u(T)|^2 <= |eps|^2

    Exports: these. *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Model Attention Forms Descent Convergence.

Local Open Scope R_scope.

(** (sum c_t a_t)^2 <= (sum c_t)(sum c_t a_t^2), c_t >= 0 *)
Lemma weighted_cauchy_schwarz T c a :
  (forall t, (t < T)%nat -> 0 <= c t) ->
  sum T (fun t => c t * a t) * sum T (fun t => c t * a t)
  <= sum T c * sum T (fun t => c t * (a t * a t)).
Proof.
intros c_ge0.
assert (schwarz := cauchy_schwarz_sqr T (fun t => sqrt (c t))
  (fun t => sqrt (c t) * a t)).
assert (root : forall t, (t < T)%nat -> sqrt (c t) * sqrt (c t) = c t)
  by (intros t t_lt; apply sqrt_sqrt, c_ge0, t_lt).
unfold dot in schwarz.
rewrite (sum_ext T (fun i => sqrt (c i) * (sqrt (c i) * a i))
  (fun t => c t * a t)) in schwarz
  by (intros t t_lt; rewrite <- Rmult_assoc, root; trivial).
rewrite (sum_ext T (fun i => sqrt (c i) * sqrt (c i)) c) in schwarz
  by exact root.
rewrite (sum_ext T (fun i => sqrt (c i) * a i * (sqrt (c i) * a i))
  (fun t => c t * (a t * a t))) in schwarz; [exact schwarz |].
intros t t_lt; rewrite <- (root t t_lt) at 3; ring.
Qed.

Section Noise.

Variables (n d : nat) (X : mat).

Local Notation Xm := (mulmv d X).
Local Notation G := (mulmv d (gram n X)).
Local Notation noise_iterate eta eps T := (descent n d eta X eps vzero T).

(** A small step lowers the loss by at least eta/2 |grad|^2. *)
Lemma loss_descent L eta y u :
  smooth n d X L -> 0 <= eta -> eta * L <= 1 ->
  loss n d X y (vsub u (vscale eta (gradient n d X y u)))
  <= loss n d X y u
     - eta / 2 * dot d (gradient n d X y u) (gradient n d X y u).
Proof.
intros G_le eta_ge0 eta_le; set (g := gradient n d X y u).
rewrite (loss_ext n d X y _ (vadd u (vscale (- eta) g)))
  by (intros i _; unfold vsub, vadd, vscale; ring).
rewrite loss_add; fold g; rewrite dot_scale_r.
assert (energy_eq : energy n d X (vscale (- eta) g)
  = eta * eta * energy n d X g).
{ unfold energy.
  rewrite (dot_ext n _ (vscale (- eta) (Xm g)) _ (vscale (- eta) (Xm g)))
    by (intros i _; apply mulmv_scale).
  rewrite dot_scale_l, dot_scale_r; ring. }
rewrite energy_eq.
assert (g_le := G_le g); assert (gg_ge0 := dot_ge0 d g).
assert (slope : eta * energy n d X g <= dot d g g) by nra.
assert (scaled := Rmult_le_compat_l eta _ _ eta_ge0 slope); lra.
Qed.

Lemma loss_ge0 y u : 0 <= loss n d X y u.
Proof.
unfold loss; assert (square_ge0 := dot_ge0 n (residual d X y u)); lra.
Qed.

(** sum eta_t |grad l(theta(t))|^2 <= 2 l(theta(0)) *)
Lemma sum_gradient_le L eta y u T :
  smooth n d X L -> small_steps L eta T ->
  sum T (fun t => eta t
    * dot d (gradient n d X y (descent n d eta X y u t))
        (gradient n d X y (descent n d eta X y u t)))
  <= 2 * (loss n d X y u - loss n d X y (descent n d eta X y u T)).
Proof.
intros G_le; induction T as [| T IHT]; intros steps_small; [simpl; lra |].
assert (before := IHT (small_steps_le L eta T (S T)
  (Nat.le_succ_diag_r T) steps_small)).
destruct (steps_small T (Nat.lt_succ_diag_r T)) as [eta_ge0 eta_le].
assert (step_le := loss_descent L (eta T) y (descent n d eta X y u T)
  G_le eta_ge0 eta_le).
rewrite sum_S; simpl descent; lra.
Qed.

(** |u(T)| <= sum eta_t |grad| *)
Lemma norm_descent_le eta y T :
  (forall t, (t < T)%nat -> 0 <= eta t) ->
  norm d (descent n d eta X y vzero T)
  <= sum T (fun t => eta t
       * norm d (gradient n d X y (descent n d eta X y vzero t))).
Proof.
induction T as [| T IHT]; intros eta_ge0.
- simpl; rewrite norm_zero; apply Rle_refl.
- assert (last_ge0 : 0 <= eta T) by (apply eta_ge0; lia).
  assert (before : norm d (descent n d eta X y vzero T)
    <= sum T (fun t => eta t
         * norm d (gradient n d X y (descent n d eta X y vzero t))))
    by (apply IHT; intros t t_lt; apply eta_ge0; lia).
  rewrite sum_S; simpl descent.
  set (u := descent n d eta X y vzero T) in *.
  set (g := gradient n d X y u).
  rewrite (norm_ext d _ (vadd u (vscale (- eta T) g)))
    by (intros i _; unfold vsub, vadd, vscale; ring).
  assert (triangle := norm_triangle d u (vscale (- eta T) g)).
  rewrite norm_scale, Rabs_Ropp, (Rabs_pos_eq _ last_ge0) in triangle.
  lra.
Qed.

(** |u(T)|^2 <= (sum eta_t)|eps|^2 *)
Lemma noise_iterate_steps L eta eps T :
  smooth n d X L -> small_steps L eta T ->
  dot d (noise_iterate eta eps T) (noise_iterate eta eps T)
  <= sum T eta * dot n eps eps.
Proof.
intros G_le steps_small.
assert (eta_ge0 : forall t, (t < T)%nat -> 0 <= eta t)
  by (intros t t_lt; apply (steps_small t t_lt)).
set (a := fun t => norm d (gradient n d X eps (noise_iterate eta eps t))).
assert (u_le := norm_descent_le eta eps T eta_ge0).
assert (schwarz := weighted_cauchy_schwarz T eta a eta_ge0).
assert (squares := sum_gradient_le L eta eps vzero T G_le steps_small).
rewrite (sum_ext T _ (fun t => eta t * (a t * a t))) in squares
  by (intros t _; unfold a; rewrite norm_sqr; reflexivity).
assert (start : loss n d X eps vzero = / 2 * dot n eps eps).
{ assert (residual_eq : veq n (residual d X eps vzero) eps).
  { intros i _; unfold residual, vsub; rewrite mulmv_zero; ring. }
  unfold loss; rewrite (dot_ext n _ _ _ _ residual_eq residual_eq).
  reflexivity. }
assert (end_ge0 := loss_ge0 eps (noise_iterate eta eps T)).
assert (u_ge0 := norm_ge0 d (noise_iterate eta eps T)).
assert (sum_ge : 0 <= sum T eta) by (apply sum_ge0; exact eta_ge0).
fold a in u_le; rewrite <- norm_sqr.
apply Rle_trans with (sum T (fun t => eta t * a t)
  * sum T (fun t => eta t * a t)).
- apply Rmult_le_compat; assumption.
- apply Rle_trans with (1 := schwarz), Rmult_le_compat_l; lra.
Qed.

(** eps - X u(T) = p_T(XX') eps *)
Lemma noise_residual eta eps T :
  veq n (vsub eps (Xm (noise_iterate eta eps T)))
    (descent_operator d n eta (tr X) T eps).
Proof.
induction T as [| T IHT].
- intros i _; simpl; unfold vsub; rewrite mulmv_zero; ring.
- intros i i_lt; simpl; unfold vsub at 1 3, vscale at 2.
  set (r := descent_operator d n eta (tr X) T eps) in *.
  set (u := noise_iterate eta eps T) in *.
  rewrite <- (IHT i i_lt), mulmv_sub, mulmv_scale.
  assert (gradient_eq : veq d (gradient n d X eps u)
    (vscale (-1) (mulmv n (tr X) r))).
  { intros j j_lt; unfold gradient, moment, vsub, vscale.
    rewrite gram_mulmv, <- (mulmv_ext n (tr X) _ _ j IHT), mulmv_sub; ring. }
  rewrite (mulmv_ext d X _ _ i gradient_eq), mulmv_scale.
  rewrite gram_mulmv; unfold vsub.
  change (tr (tr X)) with X; ring.
Qed.

(** |X u(T)| <= |eps|, as X u(T) = (I - p_T(XX')) eps *)
Lemma noise_iterate_fit L eta eps T :
  0 <= L -> smooth n d X L -> small_steps L eta T ->
  norm n (Xm (noise_iterate eta eps T)) <= norm n eps.
Proof.
intros L_ge0 G_le steps_small.
rewrite (norm_ext n _ (vsub eps (descent_operator d n eta (tr X) T eps))).
- apply (operator_complement_le d n (tr X) L); [| exact steps_small].
  apply smooth_tr; assumption.
- intros i i_lt; unfold vsub.
  rewrite <- (noise_residual eta eps T i i_lt); unfold vsub; ring.
Qed.

(** |u(T)| <= |eps| min(1/mu, S)^(1/2) *)
Lemma noise_iterate_le mu L eta eps T S :
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  small_steps L eta T -> sum T eta <= S ->
  norm d (noise_iterate eta eps T) <= norm n eps * sqrt (Rmin (1 / mu) S).
Proof.
intros mu_gt0 G_ge G_le steps_small sum_le.
set (u := noise_iterate eta eps T).
assert (sum_ge : 0 <= sum T eta).
{ apply sum_ge0; intros t t_lt; apply (steps_small t t_lt). }
assert (inverse_gt0 : 0 < 1 / mu) by (apply Rdiv_lt_0_compat; lra).
assert (min_ge0 : 0 <= Rmin (1 / mu) S) by (apply Rmin_glb; lra).
assert (uu_ge0 := dot_ge0 d u); assert (ee_ge0 := dot_ge0 n eps).
assert (low : dot d u u <= 1 / mu * dot n eps eps).
{ assert (u_ge := G_ge u).
  apply Rmult_le_reg_l with (1 := mu_gt0).
  replace (mu * (1 / mu * dot n eps eps)) with (dot n eps eps)
    by (field; lra).
  destruct (Rle_lt_dec 0 L) as [L_ge0 | L_lt0].
  - apply Rle_trans with (1 := u_ge).
    assert (fit := noise_iterate_fit L eta eps T L_ge0 G_le steps_small).
    fold u in fit; unfold energy; rewrite <- !norm_sqr.
    apply Rmult_le_compat; try exact fit; apply norm_ge0.
  - assert (u_le := G_le u); nra. }
assert (high : dot d u u <= S * dot n eps eps).
{ assert (by_steps := noise_iterate_steps L eta eps T G_le steps_small).
  fold u in by_steps; apply Rle_trans with (1 := by_steps).
  apply Rmult_le_compat_r; assumption. }
apply norm_le; [apply Rmult_le_pos; [apply norm_ge0 | apply sqrt_pos] |].
replace (norm n eps * sqrt (Rmin (1 / mu) S)
    * (norm n eps * sqrt (Rmin (1 / mu) S)))
  with (sqrt (Rmin (1 / mu) S) * sqrt (Rmin (1 / mu) S)
    * (norm n eps * norm n eps)) by ring.
rewrite sqrt_sqrt by exact min_ge0; rewrite norm_sqr.
unfold Rmin; destruct (Rle_dec (1 / mu) S); assumption.
Qed.

(** |<TF, theta*> - alpha |theta*|^2| <= |alpha| (|theta*|^2 f
    + |theta*| |eps| min(1/mu, S)^(1/2)) for steps that contract by f *)
Theorem noise_bound_contraction mu L eta y alpha theta T S f :
  alpha <> 0 ->
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  small_steps L eta T -> sum T eta <= S -> contraction n d eta X T f ->
  Rabs (dot d (transformer n d eta (prompt n d X y vzero alpha) T) theta
    - alpha * dot d theta theta)
  <= Rabs alpha
     * (dot d theta theta * f
        + norm d theta * norm n (residual d X y theta)
          * sqrt (Rmin (1 / mu) S)).
Proof.
intros alpha_ne0 mu_gt0 G_ge G_le steps_small sum_le contracts.
rewrite dot_transformer by exact alpha_ne0.
rewrite <- Rmult_minus_distr_l, Rabs_mult.
apply Rmult_le_compat_l; [apply Rabs_pos |].
set (eps := residual d X y theta).
set (clean := descent n d eta X (Xm theta) (first_iterate vzero alpha) T).
set (u := noise_iterate eta eps T).
assert (split : veq d (descent n d eta X y (first_iterate vzero alpha) T)
  (vadd clean u)).
{ eapply veq_trans; [| apply descent_add]; apply descent_ext.
  - intros i _; unfold eps, residual, vadd, vsub; ring.
  - intros i _; unfold vadd, vzero; ring. }
rewrite (dot_ext d _ _ theta theta split (veq_refl d theta)), dot_add_l.
replace (dot d clean theta + dot d u theta - dot d theta theta)
  with (dot d (vsub clean theta) theta + dot d u theta)
  by (rewrite dot_sub_l; ring).
apply Rle_trans with (1 := Rabs_triang _ _).
assert (theta_ge0 := norm_ge0 d theta).
apply Rplus_le_compat; apply Rle_trans with (1 := cauchy_schwarz d _ theta).
- rewrite <- norm_sqr, Rmult_assoc, (Rmult_comm (norm d theta)).
  apply Rmult_le_compat_r; [exact theta_ge0 |].
  rewrite Rmult_comm, <- (norm_opp d theta).
  rewrite <- (norm_ext d _ _ (first_iterate_zero d alpha theta)).
  apply descent_distance; [| | exact contracts].
  + apply realizable_least_squares, veq_refl.
  + apply full_rank_row_space, (strongly_convex_full_rank n d X mu);
      assumption.
- rewrite (Rmult_comm (norm d theta)), Rmult_assoc, (Rmult_comm (norm d theta)).
  rewrite <- Rmult_assoc; apply Rmult_le_compat_r; [exact theta_ge0 |].
  apply (noise_iterate_le mu L); assumption.
Qed.

(** f = prod (1 - eta_t mu): eps = y - X theta*, 0 <= eta_t <= 1/L,
    eta_0 + .. + eta_(T-1) <= S *)
Theorem noise_bound mu L eta y alpha theta T S :
  alpha <> 0 ->
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  small_steps L eta T -> sum T eta <= S ->
  Rabs (dot d (transformer n d eta (prompt n d X y vzero alpha) T) theta
    - alpha * dot d theta theta)
  <= Rabs alpha
     * (dot d theta theta * prod T (fun t => 1 - eta t * mu)
        + norm d theta * norm n (residual d X y theta)
          * sqrt (Rmin (1 / mu) S)).
Proof.
intros alpha_ne0 mu_gt0 G_ge G_le steps_small sum_le.
apply (noise_bound_contraction mu L); try assumption.
apply (contraction_small_steps n d X mu L); try assumption.
apply strongly_convex_rows, G_ge.
Qed.

(** The same for a constant step: prod (1 - eta_t mu) = (1 - eta mu)^T and
    S = T eta *)
Theorem noise_bound_constant mu L eta y alpha theta T :
  alpha <> 0 ->
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  0 < eta <= 1 / L ->
  Rabs (dot d
    (transformer n d (fun _ => eta) (prompt n d X y vzero alpha) T) theta
    - alpha * dot d theta theta)
  <= Rabs alpha
     * (dot d theta theta * (1 - eta * mu) ^ T
        + norm d theta * norm n (residual d X y theta)
          * sqrt (Rmin (1 / mu) (INR T * eta))).
Proof.
intros alpha_ne0 mu_gt0 G_ge G_le eta_in.
destruct (step_le_inverse eta L eta_in) as [_ eta_le].
rewrite <- prod_const; apply (noise_bound mu L (fun _ => eta));
  try assumption.
- intros t _; split; lra.
- rewrite sum_const; apply Rle_refl.
Qed.

End Noise.
