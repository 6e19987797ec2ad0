(** Convergence of the looped Transformer, CHEN2024, Sections 4 and 5.

    - [lemma_4_3]: Lemma 4.3, the prediction error and the distance from theta*
    - [lemma_5_3], [lemma_5_5]: Lemmas 5.3 and 5.5, the gradient of the loss is
      L-Lipschitz, the loss is mu-strongly convex
    - [lemma_5_6]: Lemma 5.6 for the quadratic loss, squared as printed
    - [lemma_5_6_tight]: the same without the squares
    - [fact_5_7]: Fact 5.7 for real k >= 1, which is what Theorem 5.8 uses
    - [theorem_5_8]: Theorem 5.8
    - [theorem_4_4]: Theorem 4.4, eta = 1/lambda_max and the true kappa
    - [theorem_4_4_schedule]: the same for steps in [0, 1/L] of which the sum
      is large enough
    - [doubled_exponent], [doubled_exponent_schedule]: exp(-T/kappa) in both
      cases, in place of exp(-T/(2 kappa))
    - [tight_bound], [tight_bound_schedule]: |alpha|(1 - eta mu)^T for any
      0 < eta <= 1/L, |alpha| prod (1 - eta_t mu) for a schedule
    - [least_squares_minimizer], [least_squares_unique]: theta* of Lemma 5.6 is
      what minimises the loss

    <TF, theta*> is the prediction for the prompt with q(0) = 0, y = X theta*.

    Exports: these. *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Spectrum.
From Loopcert Require Import Vectors Model Attention Forms Descent.

Local Open Scope R_scope.

(** Exponentials *)

Lemma exp_pow x T : exp x ^ T = exp (INR T * x).
Proof.
induction T as [| T IHT].
- simpl; rewrite Rmult_0_l, exp_0; reflexivity.
- rewrite S_INR, Rmult_plus_distr_r, Rmult_1_l, exp_plus, <- IHT.
  simpl; ring.
Qed.

Lemma exp_le x y : x <= y -> exp x <= exp y.
Proof.
intros xy_le; destruct (Rle_lt_or_eq_dec x y xy_le) as [xy_lt | xy_eq].
- left; apply exp_increasing, xy_lt.
- rewrite xy_eq; apply Rle_refl.
Qed.

(** 1 - x <= exp(-x) *)
Lemma exp_opp_ge x : 1 - x <= exp (- x).
Proof. assert (exp_ge := exp_ineq1_le (- x)); lra. Qed.

(** (1 - 1/k)^T <= exp(-T/k) for every real k >= 1 *)
Theorem fact_5_7 k T : 1 <= k -> (1 - 1 / k) ^ T <= exp (- INR T / k).
Proof.
intros k_ge1.
replace (- INR T / k) with (INR T * - (1 / k)) by (field; lra).
rewrite <- exp_pow; apply pow_incr; split; [| apply exp_opp_ge].
assert (inverse_le : 1 / k <= 1); [| lra].
apply Rmult_le_reg_r with k; [lra |].
unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra.
Qed.

(** (1 - x) exp(x + x^2/2) decreases from 1 on, its derivative is
    -x^2 exp(x + x^2/2). *)
Lemma exp_second_order x :
  0 <= x -> 1 - x <= exp (- (x + / 2 * (x * x))).
Proof.
intros x_ge0.
set (h := fun z => z + / 2 * (z * z)).
assert (h_derivative : forall z, derivable_pt_lim h z (1 + z)).
{ intros z.
  replace (1 + z) with (1 + / 2 * (1 * z + z * 1)) by field.
  apply (derivable_pt_lim_plus id (mult_real_fct (/ 2) (id * id)%F)).
  - apply derivable_pt_lim_id.
  - apply derivable_pt_lim_scal.
    apply (derivable_pt_lim_mult id id); apply derivable_pt_lim_id. }
set (f := fun z => (1 - z) * exp (h z)).
assert (f_derivative : forall z,
  derivable_pt_lim f z (- (z * z) * exp (h z))).
{ intros z.
  replace (- (z * z) * exp (h z))
    with ((0 - 1) * exp (h z) + (1 - z) * (exp (h z) * (1 + z))) by ring.
  apply (derivable_pt_lim_mult (fct_cte 1 - id)%F (comp exp h)).
  - apply derivable_pt_lim_minus;
      [apply derivable_pt_lim_const | apply derivable_pt_lim_id].
  - apply derivable_pt_lim_comp;
      [apply h_derivative | apply derivable_pt_lim_exp]. }
assert (f_le : f x <= 1).
{ destruct (Rle_lt_or_eq_dec 0 x x_ge0) as [x_gt0 | x_eq0].
  - destruct (MVT_cor2 f (fun z => - (z * z) * exp (h z)) 0 x x_gt0
      (fun z _ => f_derivative z)) as [z [f_mean _]].
    assert (f_0 : f 0 = 1).
    { unfold f, h; replace (0 + / 2 * (0 * 0)) with 0 by ring.
      rewrite exp_0; ring. }
    assert (zz_ge0 := Rle_0_sqr z); unfold Rsqr in zz_ge0.
    assert (exp_gt0 := exp_pos (h z)).
    assert (slope_ge0 : 0 <= z * z * exp (h z) * x).
    { apply Rmult_le_pos; [apply Rmult_le_pos |]; lra. }
    rewrite f_0 in f_mean; lra.
  - subst x; unfold f, h; replace (0 + / 2 * (0 * 0)) with 0 by ring.
    rewrite exp_0; lra. }
unfold f, h in f_le.
assert (exp_gt0 := exp_pos (x + / 2 * (x * x))).
rewrite exp_Ropp; apply Rmult_le_reg_r with (1 := exp_gt0).
rewrite Rinv_l by lra; exact f_le.
Qed.

Lemma prod_exp T f : prod T (fun t => exp (f t)) = exp (sum T f).
Proof.
induction T as [| T IHT]; simpl; [symmetry; apply exp_0 |].
rewrite IHT, exp_plus; reflexivity.
Qed.

(** (x_0 + .. + x_(T-1))^2 <= T (x_0^2 + .. + x_(T-1)^2) *)
Lemma sum_sqr_le T x :
  sum T x * sum T x <= INR T * sum T (fun t => x t * x t).
Proof.
assert (schwarz := cauchy_schwarz_sqr T x (fun _ => 1)).
unfold dot in schwarz.
rewrite (sum_ext T (fun i => x i * 1) x) in schwarz by (intros; ring).
rewrite sum_const in schwarz; lra.
Qed.

(** prod (1 - x_t) <= exp(-sum x_t) *)
Lemma prod_exp_le T x :
  (forall t, (t < T)%nat -> x t <= 1) ->
  prod T (fun t => 1 - x t) <= exp (- sum T x).
Proof.
intros x_le1; rewrite <- sum_opp, <- prod_exp; apply prod_le.
intros t t_lt; split; [assert (x_le := x_le1 t t_lt); lra |].
apply exp_opp_ge.
Qed.

(** prod (1 - x_t) <= exp(-T (m + m^2/2)), m the mean of the x_t *)
Lemma prod_exp_second_order T x m :
  (0 < T)%nat -> (forall t, (t < T)%nat -> 0 <= x t <= 1) ->
  sum T x = INR T * m ->
  prod T (fun t => 1 - x t) <= exp (- (INR T * (m + / 2 * (m * m)))).
Proof.
intros T_gt0 x_in mean_eq.
apply Rle_trans with (prod T (fun t => exp (- (x t + / 2 * (x t * x t))))).
- apply prod_le; intros t t_lt; destruct (x_in t t_lt) as [x_ge0 x_le1].
  split; [lra | apply exp_second_order, x_ge0].
- rewrite prod_exp; apply exp_le.
  rewrite sum_opp, sum_add, sum_scale.
  assert (squares := sum_sqr_le T x); rewrite mean_eq in squares |- *.
  assert (T_pos : 0 < INR T) by (apply lt_0_INR; exact T_gt0).
  assert (mean_sqr : INR T * (m * m) <= sum T (fun t => x t * x t)).
  { apply Rmult_le_reg_l with (1 := T_pos); lra. }
  lra.
Qed.

(** Step sizes and condition number *)

(** 0 < eta <= 1/L means that L > 0 too. *)
Lemma step_le_inverse eta L : 0 < eta <= 1 / L -> 0 < L /\ eta * L <= 1.
Proof.
intros [eta_gt0 eta_le].
assert (L_gt0 : 0 < L).
{ destruct (Rtotal_order 0 L) as [L_gt0 | [L_eq0 | L_lt0]].
  - exact L_gt0.
  - subst L; unfold Rdiv in eta_le; rewrite Rinv_0 in eta_le; lra.
  - assert (inverse_lt0 := Rinv_lt_0_compat L L_lt0).
    unfold Rdiv in eta_le; lra. }
split; [exact L_gt0 |].
replace 1 with (1 / L * L) by (field; lra).
apply Rmult_le_compat_r; lra.
Qed.

Section Convergence.

Variables (n d : nat) (X : mat).

Lemma full_rank_row_space v : full_rank n d X -> in_row_space n d X v.
Proof.
intros rank_d w w_null.
rewrite (dot_ext d w vzero v v (rank_d w w_null) (veq_refl d v)).
apply dot_zero_l.
Qed.

(** mu > 0 says that rank X = d. *)
Lemma strongly_convex_full_rank mu :
  0 < mu -> strongly_convex n d X mu -> full_rank n d X.
Proof.
intros mu_gt0 G_ge v v_null; apply dot_eq0.
assert (v_ge := G_ge v); assert (vv_ge0 := dot_ge0 d v).
unfold energy in v_ge.
rewrite (dot_ext n _ vzero _ vzero v_null v_null), dot_zero_l in v_ge.
nra.
Qed.

Lemma strongly_convex_rows mu :
  strongly_convex n d X mu -> strongly_convex_on_rows n d X mu.
Proof. intros G_ge v _; apply G_ge. Qed.

Lemma condition_number_bounds kappa lmax :
  condition_number n d X kappa -> lambda_max n d X lmax ->
  exists lmin, lambda_min n d X lmin /\ 0 < lmin <= lmax /\
    kappa = lmax / lmin.
Proof.
intros [l [lmin [l_max [[lmin_convex lmin_most] [lmin_gt0 kappa_eq]]]]].
intros lmax_max.
rewrite (Spectrum.lambda_max_unique n d X l lmax l_max lmax_max) in kappa_eq.
exists lmin; split; [split; assumption |].
split; [split; [exact lmin_gt0 |] | exact kappa_eq].
destruct (Rle_lt_dec lmin lmax) as [lmin_le | lmax_lt]; [exact lmin_le |].
(* otherwise the row space is {0} and no mu is the largest one *)
exfalso; apply (Rlt_irrefl lmin), Rlt_le_trans with (lmin + 1); [lra |].
apply lmin_most; intros v v_row.
assert (v_ge := lmin_convex v v_row); assert (v_le := proj1 lmax_max v).
assert (vv_ge0 := dot_ge0 d v).
assert (vv_eq0 : dot d v v = 0) by nra.
rewrite vv_eq0, Rmult_0_r; apply energy_ge0.
Qed.

(** The loss *)

(** Lemma 5.3: |grad l(u) - grad l(v)| <= L |u - v|, where G <= L I *)
Theorem lemma_5_3 L y u v :
  0 <= L -> smooth n d X L ->
  norm d (vsub (gradient n d X y u) (gradient n d X y v))
  <= L * norm d (vsub u v).
Proof.
intros L_ge0 G_le; set (w := vsub u v).
rewrite (norm_ext d _ (mulmv d (gram n X) w)).
- apply norm_le; [apply Rmult_le_pos; [exact L_ge0 | apply norm_ge0] |].
  assert (Gw_le := gram_sqr n d X L w G_le); assert (w_le := G_le w).
  assert (ww := norm_sqr d w); nra.
- intros i _; unfold w; rewrite mulmv_sub; unfold gradient, vsub; ring.
Qed.

Lemma loss_ext y u v : veq d u v -> loss n d X y u = loss n d X y v.
Proof.
intros uv_eq; unfold loss; f_equal.
assert (r_eq : veq n (residual d X y u) (residual d X y v)).
{ intros i _; unfold residual, vsub; f_equal; apply mulmv_ext, uv_eq. }
apply dot_ext; exact r_eq.
Qed.

(** l(u + v) = l(u) + <grad l(u), v> + 1/2 |X v|^2 *)
Lemma loss_add y u v :
  loss n d X y (vadd u v)
  = loss n d X y u + dot d (gradient n d X y u) v + / 2 * energy n d X v.
Proof.
set (r := residual d X y u); set (w := mulmv d X v).
assert (r_eq : veq n (residual d X y (vadd u v)) (vsub r w)).
{ intros i _; unfold r, w, residual, vsub; rewrite mulmv_add; ring. }
assert (slope : dot d (gradient n d X y u) v = - dot n r w).
{ unfold gradient; rewrite dot_sub_l.
  rewrite (dot_sym d (mulmv d (gram n X) u)), dot_gram.
  unfold moment; rewrite (dot_sym d (mulmv n (tr X) y)), <- dot_mulmv_tr.
  unfold r, residual; rewrite dot_sub_l, (dot_sym n y).
  fold w; rewrite (dot_sym n (mulmv d X u) w); ring. }
unfold loss, energy; rewrite (dot_ext n _ _ _ _ r_eq r_eq), slope.
fold r w; rewrite dot_sub_l, !dot_sub_r, (dot_sym n w r); field.
Qed.

(** Lemma 5.5: l(v) >= l(u) + <grad l(u), v - u> + mu/2 |v - u|^2 *)
Theorem lemma_5_5 mu y u v :
  strongly_convex n d X mu ->
  loss n d X y u + dot d (gradient n d X y u) (vsub v u)
    + mu / 2 * dot d (vsub v u) (vsub v u) <= loss n d X y v.
Proof.
intros G_ge.
assert (v_eq : loss n d X y v = loss n d X y (vadd u (vsub v u))).
{ apply loss_ext; intros i _; unfold vadd, vsub; ring. }
rewrite v_eq, loss_add; assert (diff_ge := G_ge (vsub v u)); lra.
Qed.

(** theta* minimises the loss exactly where G theta* = b. *)
Theorem least_squares_minimizer y s :
  least_squares n d X y s <->
  forall theta, loss n d X y s <= loss n d X y theta.
Proof.
split.
- intros normal_eq theta.
  assert (theta_eq : loss n d X y theta = loss n d X y (vadd s (vsub theta s))).
  { apply loss_ext; intros i _; unfold vadd, vsub; ring. }
  rewrite theta_eq, loss_add.
  rewrite (dot_ext d (gradient n d X y s) vzero _ (vsub theta s)).
  + assert (energy_ge := energy_ge0 n d X (vsub theta s)).
    rewrite dot_zero_l; lra.
  + intros i i_lt; unfold gradient, vsub, vzero.
    rewrite (normal_eq i i_lt); ring.
  + apply veq_refl.
- intros s_least; set (g := gradient n d X y s).
  assert (slope_le := quadratic_discriminant 0 (/ 2 * dot d g g)
    (/ 2 * energy n d X g)).
  assert (g_sqr : / 2 * dot d g g * (/ 2 * dot d g g) <= 0).
  { rewrite <- (Rmult_0_l (/ 2 * energy n d X g)); apply slope_le.
    - assert (energy_ge := energy_ge0 n d X g); lra.
    - intros x; assert (at_x := s_least (vadd s (vscale x g))).
      rewrite loss_add in at_x; fold g in at_x.
      rewrite dot_scale_r in at_x; unfold energy in at_x.
      rewrite (dot_ext n _ (vscale x (mulmv d X g)) _
        (vscale x (mulmv d X g))) in at_x
        by (intros i _; apply mulmv_scale).
      rewrite dot_scale_l, dot_scale_r in at_x; unfold energy; lra. }
  assert (gg_ge0 := dot_ge0 d g).
  assert (gg_eq0 : dot d g g = 0) by nra.
  intros i i_lt; assert (g_zero := dot_eq0 d g gg_eq0 i i_lt).
  unfold g, gradient, vsub, vzero in g_zero; lra.
Qed.

(** Two solutions differ by a vector of the null space. *)
Lemma least_squares_null y s t :
  least_squares n d X y s -> least_squares n d X y t ->
  veq n (mulmv d X (vsub s t)) vzero.
Proof.
intros s_normal t_normal; apply dot_eq0.
rewrite <- dot_gram.
rewrite (dot_ext d _ (vsub s t) _ vzero); [apply dot_zero_r | |].
- apply veq_refl.
- intros i i_lt; rewrite mulmv_sub, (s_normal i i_lt), (t_normal i i_lt).
  unfold vzero; ring.
Qed.

Theorem least_squares_unique y s t :
  full_rank n d X -> least_squares n d X y s -> least_squares n d X y t ->
  veq d s t.
Proof.
intros rank_d s_normal t_normal i i_lt.
assert (diff := rank_d _ (least_squares_null y s t s_normal t_normal) i i_lt).
unfold vsub, vzero in diff; lra.
Qed.

Lemma realizable_least_squares y theta :
  realizable n d X y theta -> least_squares n d X y theta.
Proof.
intros y_eq i _; rewrite gram_mulmv; apply mulmv_ext, veq_sym, y_eq.
Qed.

(** Distance from theta* *)

Lemma descent_distance eta y theta s T f :
  least_squares n d X y s -> in_row_space n d X (vsub theta s) ->
  contraction n d eta X T f ->
  norm d (vsub (descent n d eta X y theta T) s) <= f * norm d (vsub theta s).
Proof.
intros normal_eq start_row contracts.
rewrite (norm_ext d _ _ (descent_error n d X eta y theta s normal_eq T)).
apply contracts, start_row.
Qed.

(** |theta(t) - theta*| <= (1 - eta mu)^t |theta(0) - theta*| *)
Theorem lemma_5_6_tight mu L eta y theta s :
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  0 < eta <= 1 / L -> least_squares n d X y s ->
  forall t,
  norm d (vsub (descent n d (fun _ => eta) X y theta t) s)
  <= (1 - eta * mu) ^ t * norm d (vsub theta s).
Proof.
intros mu_gt0 G_ge G_le eta_in normal_eq t.
destruct (step_le_inverse eta L eta_in) as [_ eta_le].
apply descent_distance; [exact normal_eq | |].
- apply full_rank_row_space, (strongly_convex_full_rank mu); assumption.
- apply (contraction_small_constant n d X mu L); try lra; [exact G_le |].
  apply strongly_convex_rows, G_ge.
Qed.

(** |theta(t) - theta*|^2 <= (1 - eta mu)^t |theta(0) - theta*|^2 *)
Theorem lemma_5_6 mu L eta y theta s :
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  0 < eta <= 1 / L -> least_squares n d X y s ->
  forall t,
  norm d (vsub (descent n d (fun _ => eta) X y theta t) s) ^ 2
  <= (1 - eta * mu) ^ t * norm d (vsub theta s) ^ 2.
Proof.
intros mu_gt0 G_ge G_le eta_in normal_eq t.
assert (tight := lemma_5_6_tight mu L eta y theta s mu_gt0 G_ge G_le eta_in
  normal_eq t).
destruct (step_le_inverse eta L eta_in) as [_ eta_le].
set (a := norm d (vsub (descent n d (fun _ => eta) X y theta t) s)) in *.
set (b := norm d (vsub theta s)) in *.
assert (a_ge0 : 0 <= a) by apply norm_ge0.
assert (b_ge0 : 0 <= b) by apply norm_ge0.
assert (eta_gt0 := proj1 eta_in).
destruct (small_step_factor n d X L mu eta G_le (strongly_convex_rows mu G_ge)
  (Rlt_le _ _ eta_gt0) eta_le) as [factor_ge0 | row_zero].
- assert (factor_le1 : 1 - eta * mu <= 1) by nra.
  assert (power_in : 0 <= (1 - eta * mu) ^ t <= 1).
  { split; [apply pow_le, factor_ge0 |].
    apply Rle_trans with (1 ^ t); [| rewrite pow1; apply Rle_refl].
    apply pow_incr; split; assumption. }
  replace (a ^ 2) with (a * a) by ring; replace (b ^ 2) with (b * b) by ring.
  set (c := (1 - eta * mu) ^ t) in *.
  apply Rle_trans with (c * b * (c * b)).
  + apply Rmult_le_compat; assumption.
  + assert (bb_ge0 := Rmult_le_pos b b b_ge0 b_ge0).
    assert (c_sqr : c * c <= c) by nra; nra.
- assert (b_eq0 : b = 0).
  { unfold b, norm; rewrite row_zero; [apply sqrt_0 |].
    apply full_rank_row_space, (strongly_convex_full_rank mu); assumption. }
  rewrite b_eq0, Rmult_0_r in tight.
  assert (a_eq0 : a = 0) by lra.
  rewrite a_eq0, b_eq0; lra.
Qed.

(** The step 1/lambda_max contracts by 1 - 1/kappa. *)
Lemma contraction_kappa kappa lmax T :
  condition_number n d X kappa -> lambda_max n d X lmax ->
  contraction n d (fun _ => 1 / lmax) X T ((1 - 1 / kappa) ^ T).
Proof.
intros kappa_number lmax_max.
destruct (condition_number_bounds kappa lmax kappa_number lmax_max)
  as [lmin [[lmin_convex _] [[lmin_gt0 lmin_le] kappa_eq]]].
replace (1 / kappa) with (1 / lmax * lmin)
  by (rewrite kappa_eq; field; lra).
apply (contraction_small_constant n d X lmin lmax);
  [apply lmax_max | exact lmin_convex | |].
- left; apply Rdiv_lt_0_compat; lra.
- right; field; lra.
Qed.

(** |theta(T) - theta*| <= exp(-T/kappa)|theta(0) - theta*| at eta = 1/L *)
Lemma theorem_5_8_tight kappa lmax y theta s T :
  condition_number n d X kappa -> lambda_max n d X lmax ->
  full_rank n d X -> least_squares n d X y s ->
  norm d (vsub (descent n d (fun _ => 1 / lmax) X y theta T) s)
  <= exp (- INR T / kappa) * norm d (vsub theta s).
Proof.
intros kappa_number lmax_max rank_d normal_eq.
eapply Rle_trans.
- apply descent_distance; [exact normal_eq | |].
  + apply full_rank_row_space, rank_d.
  + apply (contraction_kappa kappa); assumption.
- apply Rmult_le_compat_r; [apply norm_ge0 |].
  apply fact_5_7, (Spectrum.condition_number_ge1 n d X), kappa_number.
Qed.

(** |theta* - theta(T)|^2 <= exp(-T/kappa) R^2 at eta = 1/L *)
Theorem theorem_5_8 kappa L y theta s R T :
  condition_number n d X kappa -> lambda_max n d X L ->
  full_rank n d X -> least_squares n d X y s ->
  norm d (vsub theta s) <= R ->
  norm d (vsub s (descent n d (fun _ => 1 / L) X y theta T)) ^ 2
  <= exp (- INR T / kappa) * R ^ 2.
Proof.
intros kappa_number L_max rank_d normal_eq radius.
rewrite norm_sub_sym.
assert (tight := theorem_5_8_tight kappa L y theta s T kappa_number L_max
  rank_d normal_eq).
set (a := norm d (vsub (descent n d (fun _ => 1 / L) X y theta T) s)) in *.
assert (a_ge0 : 0 <= a) by apply norm_ge0.
assert (b_ge0 := norm_ge0 d (vsub theta s)).
set (c := exp (- INR T / kappa)) in *.
assert (c_gt0 : 0 < c) by apply exp_pos.
assert (c_le1 : c <= 1).
{ rewrite <- exp_0; apply exp_le.
  assert (kappa_ge1 := Spectrum.condition_number_ge1 n d X kappa kappa_number).
  assert (inverse_gt0 : 0 < / kappa) by (apply Rinv_0_lt_compat; lra).
  assert (T_ge0 := pos_INR T); unfold Rdiv; nra. }
assert (a_le : a <= c * R) by nra.
replace (a ^ 2) with (a * a) by ring; replace (R ^ 2) with (R * R) by ring.
apply Rle_trans with (c * R * (c * R)).
- apply Rmult_le_compat; assumption.
- assert (RR_ge0 : 0 <= R * R) by nra.
  assert (c_sqr : c * c <= c) by nra; nra.
Qed.

(** The prediction error *)

Lemma norm_one theta : norm d theta = 1 -> dot d theta theta = 1.
Proof. intros theta_unit; rewrite <- norm_sqr, theta_unit; ring. Qed.

(** <TF, v> = alpha <theta(T), v> *)
Lemma dot_transformer eta y q alpha T v :
  alpha <> 0 ->
  dot d (transformer n d eta (prompt n d X y q alpha) T) v
  = alpha * dot d (descent n d eta X y (first_iterate q alpha) T) v.
Proof.
intros alpha_ne0; rewrite <- dot_scale_l; apply dot_ext;
  [apply theorem_4_2_output, alpha_ne0 | apply veq_refl].
Qed.

(** |<TF, theta*> - alpha| <= |alpha| |theta(T) - theta*| *)
Theorem lemma_4_3 eta y q alpha theta T :
  alpha <> 0 -> norm d theta = 1 ->
  Rabs (dot d (transformer n d eta (prompt n d X y q alpha) T) theta - alpha)
  <= Rabs alpha
     * norm d (vsub (descent n d eta X y (first_iterate q alpha) T) theta).
Proof.
intros alpha_ne0 theta_unit; rewrite dot_transformer by exact alpha_ne0.
set (iterate := descent n d eta X y (first_iterate q alpha) T).
replace (alpha * dot d iterate theta - alpha)
  with (alpha * dot d (vsub iterate theta) theta).
- rewrite Rabs_mult; apply Rmult_le_compat_l; [apply Rabs_pos |].
  eapply Rle_trans; [apply cauchy_schwarz |].
  rewrite theta_unit, Rmult_1_r; apply Rle_refl.
- rewrite dot_sub_l, (norm_one theta theta_unit); ring.
Qed.

(** theta(0) = 0 where q(0) = 0 *)
Lemma first_iterate_zero alpha theta :
  veq d (vsub (first_iterate vzero alpha) theta) (vscale (-1) theta).
Proof.
intros i _; unfold vsub, first_iterate, vzero, vscale, Rdiv; ring.
Qed.

(** What contracts by f has an error of at most |alpha| f. *)
Lemma task_error eta y alpha theta T f :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  full_rank n d X -> contraction n d eta X T f ->
  Rabs (dot d (transformer n d eta (prompt n d X y vzero alpha) T) theta
    - alpha)
  <= Rabs alpha * f.
Proof.
intros alpha_ne0 theta_unit y_eq rank_d contracts.
eapply Rle_trans; [apply lemma_4_3; assumption |].
apply Rmult_le_compat_l; [apply Rabs_pos |].
rewrite <- (Rmult_1_r f), <- theta_unit, <- (norm_opp d theta).
rewrite <- (norm_ext d _ _ (first_iterate_zero alpha theta)).
apply descent_distance; [| | exact contracts].
- apply realizable_least_squares, y_eq.
- apply full_rank_row_space, rank_d.
Qed.

(** |<TF, theta*> - alpha| <= |alpha| prod (1 - eta_t mu),
    0 <= eta_t <= 1/L *)
Theorem tight_bound_schedule mu L eta y alpha theta T :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  small_steps L eta T ->
  Rabs (dot d (transformer n d eta (prompt n d X y vzero alpha) T) theta
    - alpha)
  <= Rabs alpha * prod T (fun t => 1 - eta t * mu).
Proof.
intros alpha_ne0 theta_unit y_eq mu_gt0 G_ge G_le steps_small.
apply task_error; try assumption.
- apply (strongly_convex_full_rank mu); assumption.
- apply (contraction_small_steps n d X mu L); try assumption.
  apply strongly_convex_rows, G_ge.
Qed.

(** |<TF, theta*> - alpha| <= |alpha|(1 - eta mu)^T, 0 < eta <= 1/L *)
Theorem tight_bound mu L eta y alpha theta T :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  0 < eta <= 1 / L ->
  Rabs (dot d (transformer n d (fun _ => eta) (prompt n d X y vzero alpha) T)
    theta - alpha)
  <= Rabs alpha * (1 - eta * mu) ^ T.
Proof.
intros alpha_ne0 theta_unit y_eq mu_gt0 G_ge G_le eta_in.
destruct (step_le_inverse eta L eta_in) as [_ eta_le].
rewrite <- prod_const; apply (tight_bound_schedule mu L (fun _ => eta));
  try assumption.
intros t _; split; lra.
Qed.

(** |<TF, theta*> - alpha| <= |alpha| exp(-T/kappa) at eta = 1/lambda_max:
    twice the exponent of Theorem 4.4 *)
Theorem doubled_exponent kappa lmax y alpha theta T :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  full_rank n d X ->
  condition_number n d X kappa -> lambda_max n d X lmax ->
  Rabs (dot d
    (transformer n d (fun _ => 1 / lmax) (prompt n d X y vzero alpha) T)
    theta - alpha)
  <= Rabs alpha * exp (- INR T / kappa).
Proof.
intros alpha_ne0 theta_unit y_eq rank_d kappa_number lmax_max.
eapply Rle_trans.
- apply (task_error _ _ _ _ _ ((1 - 1 / kappa) ^ T)); try assumption.
  apply contraction_kappa; assumption.
- apply Rmult_le_compat_l; [apply Rabs_pos |].
  apply fact_5_7, (Spectrum.condition_number_ge1 n d X), kappa_number.
Qed.

(** |<TF, theta*> - alpha| <= |alpha| exp(-T/(2 kappa)) at
    eta = 1/lambda_max *)
Theorem theorem_4_4 kappa lmax y alpha theta T :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  full_rank n d X ->
  condition_number n d X kappa -> lambda_max n d X lmax ->
  Rabs (dot d
    (transformer n d (fun _ => 1 / lmax) (prompt n d X y vzero alpha) T)
    theta - alpha)
  <= Rabs alpha * exp (- INR T / (2 * kappa)).
Proof.
intros alpha_ne0 theta_unit y_eq rank_d kappa_number lmax_max.
eapply Rle_trans; [apply (doubled_exponent kappa); assumption |].
apply Rmult_le_compat_l; [apply Rabs_pos |]; apply exp_le.
assert (kappa_ge1 := Spectrum.condition_number_ge1 n d X kappa kappa_number).
replace (- INR T / (2 * kappa)) with (- INR T / kappa + INR T / kappa / 2)
  by (field; lra).
assert (T_ge0 := pos_INR T).
assert (inverse_gt0 : 0 < / kappa) by (apply Rinv_0_lt_compat; lra).
unfold Rdiv; nra.
Qed.

(** A task with |theta*| = 1 has mu <= L, so that eta_t mu <= 1. *)
Lemma small_steps_mu mu L eta theta T :
  norm d theta = 1 -> 0 < mu -> strongly_convex n d X mu ->
  smooth n d X L -> small_steps L eta T ->
  forall t, (t < T)%nat -> 0 <= eta t * mu <= 1.
Proof.
intros theta_unit mu_gt0 G_ge G_le steps_small t t_lt.
destruct (steps_small t t_lt) as [eta_ge0 eta_le].
assert (theta_ge := G_ge theta); assert (theta_le := G_le theta).
rewrite (norm_one theta theta_unit) in theta_ge, theta_le; nra.
Qed.

(** The same for steps in [0, 1/L] with mu (eta_0 + .. + eta_(T-1)) >= T/(2 a),
    a <= kappa *)
Theorem theorem_4_4_schedule mu L a kappa eta y alpha theta T :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  small_steps L eta T ->
  0 < a <= kappa -> INR T / (2 * a) <= mu * sum T eta ->
  Rabs (dot d (transformer n d eta (prompt n d X y vzero alpha) T) theta
    - alpha)
  <= Rabs alpha * exp (- INR T / (2 * kappa)).
Proof.
intros alpha_ne0 theta_unit y_eq mu_gt0 G_ge G_le steps_small a_in sum_ge.
eapply Rle_trans; [apply (tight_bound_schedule mu L); assumption |].
apply Rmult_le_compat_l; [apply Rabs_pos |].
eapply Rle_trans; [apply (prod_exp_le T (fun t => eta t * mu)) |].
- intros t t_lt; apply (small_steps_mu mu L eta theta T); assumption.
- apply exp_le.
  rewrite (sum_ext T _ (fun t => mu * eta t)) by (intros; ring).
  rewrite sum_scale.
  assert (T_ge0 := pos_INR T).
  assert (inverse_le : / (2 * kappa) <= / (2 * a))
    by (apply Rinv_le_contravar; lra).
  unfold Rdiv in sum_ge |- *; nra.
Qed.

(** exp(-T/kappa) for such steps: with x = mu (eta_0 + .. + eta_(T-1))/T,
    x + x^2/2 >= 1/a, a <= kappa *)
Theorem doubled_exponent_schedule mu L a kappa eta y alpha theta T x :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  small_steps L eta T ->
  (0 < T)%nat -> x = mu * sum T eta / INR T ->
  0 < a <= kappa -> 1 / a <= x + x ^ 2 / 2 ->
  Rabs (dot d (transformer n d eta (prompt n d X y vzero alpha) T) theta
    - alpha)
  <= Rabs alpha * exp (- INR T / kappa).
Proof.
intros alpha_ne0 theta_unit y_eq mu_gt0 G_ge G_le steps_small
  T_gt0 x_eq a_in x_ge.
eapply Rle_trans; [apply (tight_bound_schedule mu L); assumption |].
apply Rmult_le_compat_l; [apply Rabs_pos |].
assert (T_pos : 0 < INR T) by (apply lt_0_INR; exact T_gt0).
eapply Rle_trans.
- apply (prod_exp_second_order T (fun t => eta t * mu) x); [exact T_gt0 | |].
  + intros t t_lt; apply (small_steps_mu mu L eta theta T); assumption.
  + rewrite (sum_ext T _ (fun t => mu * eta t)) by (intros; ring).
    rewrite sum_scale, x_eq; field; lra.
- apply exp_le.
  assert (inverse_le : / kappa <= / a) by (apply Rinv_le_contravar; lra).
  assert (x_kappa : / kappa <= x + / 2 * (x * x)) by lra.
  assert (scaled := Rmult_le_compat_l _ _ _ (Rlt_le _ _ T_pos) x_kappa).
  unfold Rdiv; lra.
Qed.

End Convergence.
