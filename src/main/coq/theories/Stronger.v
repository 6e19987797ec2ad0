(** What holds beyond CHEN2024: sharper bounds, and bounds where a hypothesis
    of Theorem 4.4 fails.

    - [error_identity]: <TF, theta*> - alpha |theta*|^2
      = -alpha theta*' p_T(G) theta*, any schedule and rank
    - [two_sided]: (1 - u |y|^2)^T <= error/|alpha| <= (1 - c mu)^T,
      c <= eta <= u
    - [error_sign], [error_decreasing]: the sign of the error never changes and
      its size never grows, small steps
    - [error_double]: error(2T) = |alpha| |theta(T) - theta*|^2
    - [better_constant_step]: eta = 2/(lambda_max + lambda_min) gives
      ((kappa - 1)/(kappa + 1))^T
    - [any_start], [any_start_constant]: any q(0) and norm of theta*
    - [general_labels]: any labels, start and rank
    - [limit_error]: the error that remains where rank X < d, and
      [limit_error_cv]: it is the limit for 0 < eta < 2/lambda_max

    Noise, rounding and steps that do not contract are in Noise.v, Rounding.v
    and Spectrum.v.

    Exports: these. *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Model Attention Forms Descent Convergence.
From Loopcert Require Import Spectral Spectrum.

Local Open Scope R_scope.

(** f(t+1)^2 <= f(t) f(t+2) makes the ratios f(t+1)/f(t) grow. *)
Lemma log_convex_ratio f :
  (forall t, 0 <= f t) -> (forall t, f (S t) * f (S t) <= f t * f (S (S t))) ->
  forall t, f 1%nat * f t <= f 0%nat * f (S t).
Proof.
intros f_ge0 f_convex t; induction t as [| t IHt]; [lra |].
assert (here := f_convex t).
assert (zero_ge0 := f_ge0 0%nat); assert (one_ge0 := f_ge0 1%nat).
assert (t_ge0 := f_ge0 t); assert (next_ge0 := f_ge0 (S t)).
assert (last_ge0 := f_ge0 (S (S t))).
destruct (Rle_lt_or_eq_dec 0 (f (S t)) next_ge0) as [next_gt0 | next_eq0].
- assert (t_gt0 : 0 < f t) by nra.
  apply Rmult_le_reg_r with (1 := t_gt0).
  apply Rle_trans with (f 0%nat * f (S t) * f (S t)); [nra |].
  rewrite !Rmult_assoc; apply Rmult_le_compat_l; lra.
- rewrite <- next_eq0, Rmult_0_r; apply Rmult_le_pos; assumption.
Qed.

Lemma log_convex_power f c :
  (forall t, 0 <= f t) -> (forall t, f (S t) * f (S t) <= f t * f (S (S t))) ->
  0 < f 0%nat -> 0 <= c -> c * f 0%nat <= f 1%nat ->
  forall t, c ^ t * f 0%nat <= f t.
Proof.
intros f_ge0 f_convex zero_gt0 c_ge0 c_le t.
induction t as [| t IHt]; [simpl; lra |].
assert (ratio := log_convex_ratio f f_ge0 f_convex t).
assert (t_ge0 := f_ge0 t).
assert (step_le : c * f t <= f (S t)).
{ apply Rmult_le_reg_l with (1 := zero_gt0).
  apply Rle_trans with (f 1%nat * f t); [| exact ratio].
  rewrite <- Rmult_assoc, (Rmult_comm _ c).
  apply Rmult_le_compat_r; assumption. }
simpl; rewrite Rmult_assoc.
apply Rle_trans with (c * f t); [| exact step_le].
apply Rmult_le_compat_l; assumption.
Qed.

Section Stronger.

Variables (n d : nat) (X : mat).

Local Notation Xm := (mulmv d X).
Local Notation G := (mulmv d (gram n X)).
Local Notation step eta := (pencil n d X 1 (- eta)).
Local Notation p_ eta T := (descent_operator n d eta X T).
Local Notation TF eta y q alpha T :=
  (transformer n d eta (prompt n d X y q alpha) T).

(** The error as an identity *)

(** theta(T) - s = -p_T(G) s, theta(0) = 0 *)
Lemma descent_zero eta y s T alpha :
  least_squares n d X y s ->
  veq d (vsub (descent n d eta X y (first_iterate vzero alpha) T) s)
    (vscale (-1) (p_ eta T s)).
Proof.
intros normal_eq.
eapply veq_trans; [apply descent_error, normal_eq |].
eapply veq_trans; [apply descent_operator_ext, first_iterate_zero |].
apply descent_operator_scale.
Qed.

(** <TF, theta*> - alpha |theta*|^2 = -alpha theta*' p_T(G) theta* *)
Theorem error_identity eta y alpha theta T :
  alpha <> 0 -> realizable n d X y theta ->
  dot d (TF eta y vzero alpha T) theta - alpha * dot d theta theta
  = - alpha * dot d theta (p_ eta T theta).
Proof.
intros alpha_ne0 y_eq; rewrite dot_transformer by exact alpha_ne0.
assert (normal_eq := realizable_least_squares n d X y theta y_eq).
set (iterate := descent n d eta X y (first_iterate vzero alpha) T).
assert (diff : dot d iterate theta - dot d theta theta
  = - dot d theta (p_ eta T theta)).
{ rewrite <- dot_sub_l; unfold iterate.
  rewrite (dot_ext d _ _ theta theta
    (descent_zero eta y theta T alpha normal_eq) (veq_refl d theta)).
  rewrite dot_scale_l, dot_sym; ring. }
replace (- alpha * dot d theta (p_ eta T theta))
  with (alpha * - dot d theta (p_ eta T theta)) by ring.
rewrite <- diff; ring.
Qed.

Lemma unit_error_identity eta y alpha theta T :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  dot d (TF eta y vzero alpha T) theta - alpha
  = - alpha * dot d theta (p_ eta T theta).
Proof.
intros alpha_ne0 theta_unit y_eq.
rewrite <- (error_identity eta y) by assumption.
rewrite (norm_one d theta theta_unit); ring.
Qed.

(** Small steps: the error has the sign of -alpha. *)
Theorem error_sign L eta y alpha theta T :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  smooth n d X L -> small_steps L eta T ->
  alpha * (dot d (TF eta y vzero alpha T) theta - alpha) <= 0.
Proof.
intros alpha_ne0 theta_unit y_eq G_le steps_small.
rewrite unit_error_identity by assumption.
assert (form_ge := operator_ge0 n d X L eta T theta G_le steps_small).
assert (alpha_sqr := Rle_0_sqr alpha); unfold Rsqr in alpha_sqr; nra.
Qed.

(** Small steps: |error(T+1)| <= |error(T)| *)
Theorem error_decreasing L eta y alpha theta T :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  smooth n d X L -> small_steps L eta (S T) ->
  Rabs (dot d (TF eta y vzero alpha (S T)) theta - alpha)
  <= Rabs (dot d (TF eta y vzero alpha T) theta - alpha).
Proof.
intros alpha_ne0 theta_unit y_eq G_le steps_small.
rewrite !unit_error_identity by assumption.
rewrite !Rabs_mult; apply Rmult_le_compat_l; [apply Rabs_pos |].
assert (before := small_steps_le L eta T (S T) (Nat.le_succ_diag_r T)
  steps_small).
rewrite !Rabs_pos_eq
  by (apply (operator_ge0 n d X L); assumption).
rewrite dot_operator_step.
destruct (steps_small T (Nat.lt_succ_diag_r T)) as [eta_ge0 _].
assert (energy_ge := operator_energy_ge0 n d X L eta T theta G_le before).
assert (product_ge0 := Rmult_le_pos _ _ eta_ge0 energy_ge); lra.
Qed.

(** Constant step: v'B^(s+t)v = <B^s v, B^t v>, and the same with one B more *)

Lemma constant_moment eta s t v :
  dot d v (p_ (fun _ => eta) (s + t) v)
  = dot d (p_ (fun _ => eta) s v) (p_ (fun _ => eta) t v).
Proof.
rewrite (dot_ext d v v _ _ (veq_refl d v)
  (descent_operator_constant n d X eta s t v)).
apply dot_descent_operator.
Qed.

Lemma constant_moment_step eta s t v :
  dot d v (p_ (fun _ => eta) (S (s + t)) v)
  = form n d X 1 (- eta) (p_ (fun _ => eta) s v) (p_ (fun _ => eta) t v).
Proof.
rewrite plus_n_Sm, constant_moment, <- dot_pencil; apply dot_ext;
  [apply veq_refl |].
intros i _; apply descent_operator_step.
Qed.

(** error(2T) = |alpha| |theta(T) - theta*|^2 *)
Theorem error_double eta y alpha theta T :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  Rabs (dot d (TF (fun _ => eta) y vzero alpha (2 * T)) theta - alpha)
  = Rabs alpha * norm d (vsub
      (descent n d (fun _ => eta) X y (first_iterate vzero alpha) T) theta) ^ 2.
Proof.
intros alpha_ne0 theta_unit y_eq.
rewrite unit_error_identity by assumption.
assert (normal_eq := realizable_least_squares n d X y theta y_eq).
rewrite (norm_ext d _ _ (descent_zero _ y theta T alpha normal_eq)), norm_opp.
replace (2 * T)%nat with (T + T)%nat by lia.
rewrite constant_moment, <- norm_sqr, Rabs_mult, Rabs_Ropp; f_equal.
rewrite Rabs_pos_eq; [ring |].
apply Rmult_le_pos; apply norm_ge0.
Qed.

(** v'B^(t+1)v squared is at most v'B^t v v'B^(t+2)v. *)
Lemma constant_moment_convex L eta v :
  smooth n d X L -> 0 <= eta -> eta * L <= 1 ->
  forall t,
  dot d v (p_ (fun _ => eta) (S t) v) * dot d v (p_ (fun _ => eta) (S t) v)
  <= dot d v (p_ (fun _ => eta) t v)
     * dot d v (p_ (fun _ => eta) (S (S t)) v).
Proof.
intros G_le eta_ge0 eta_le t.
destruct (Nat.Even_or_Odd t) as [[s t_eq] | [s t_eq]].
- replace (S (S t)) with (S s + S s)%nat by lia.
  replace (S t) with (s + S s)%nat by lia; replace t with (s + s)%nat by lia.
  rewrite !constant_moment; apply cauchy_schwarz_sqr.
- replace (S (S t)) with (S (S s + S s))%nat by lia.
  replace (S t) with (S (s + S s))%nat by lia.
  replace t with (S (s + s))%nat by lia.
  rewrite !constant_moment_step.
  assert (form_ge := fun w => step_form_ge0 n d X L eta w G_le eta_ge0 eta_le).
  apply cauchy_schwarz_form; [apply form_bilinear | |]; auto.
Qed.

(** (1 - u |y|^2)^T <= |<TF, theta*> - alpha|/|alpha| <= (1 - c mu)^T *)
Theorem two_sided mu L c eta u y alpha theta T :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  0 < eta <= 1 / L -> c <= eta <= u ->
  Rmax 0 (1 - u * dot n y y) ^ T
  <= Rabs (dot d (TF (fun _ => eta) y vzero alpha T) theta - alpha)
     / Rabs alpha
  <= (1 - c * mu) ^ T.
Proof.
intros alpha_ne0 theta_unit y_eq mu_gt0 G_ge G_le eta_in enclosed.
assert (alpha_gt0 := Rabs_pos_lt alpha alpha_ne0).
destruct (step_le_inverse eta L eta_in) as [_ eta_le].
assert (eta_ge0 : 0 <= eta) by lra.
assert (theta_sqr := norm_one d theta theta_unit).
split.
- rewrite unit_error_identity by assumption.
  set (f := fun t => dot d theta (p_ (fun _ => eta) t theta)).
  assert (f_ge0 : forall t, 0 <= f t).
  { intros t; apply (operator_ge0 n d X L); [exact G_le |].
    intros k _; split; assumption. }
  change (dot d theta (p_ (fun _ => eta) T theta)) with (f T).
  rewrite Rabs_mult, Rabs_Ropp, (Rabs_pos_eq _ (f_ge0 T)).
  replace (Rabs alpha * f T / Rabs alpha) with (f T) by (field; lra).
  assert (f_0 : f 0%nat = 1) by exact theta_sqr.
  assert (f_1 : f 1%nat = 1 - eta * dot n y y).
  { unfold f; rewrite dot_operator_step; simpl; rewrite theta_sqr.
    f_equal; f_equal; apply dot_ext; apply veq_sym, y_eq. }
  rewrite <- (Rmult_1_r (_ ^ T)), <- f_0.
  apply log_convex_power; [exact f_ge0 | | lra | apply Rmax_l |].
  + intros t; apply (constant_moment_convex L); assumption.
  + assert (one_ge0 := f_ge0 1%nat); assert (yy_ge0 := dot_ge0 n y).
    rewrite f_0, Rmult_1_r; apply Rmax_lub; [exact one_ge0 |].
    rewrite f_1; nra.
- assert (tight := tight_bound n d X mu L eta y alpha theta T alpha_ne0
    theta_unit y_eq mu_gt0 G_ge G_le eta_in).
  apply Rmult_le_reg_r with (1 := alpha_gt0).
  unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_comm by lra.
  apply Rle_trans with (1 := tight).
  apply Rmult_le_compat_l; [lra |]; apply pow_incr.
  assert (theta_ge := G_ge theta); assert (theta_le := G_le theta).
  rewrite theta_sqr in theta_ge, theta_le; nra.
Qed.

(** The step 2/(L + mu) *)

Lemma step_factor_best mu L :
  0 < mu <= L -> step_factor mu L (2 / (L + mu)) = (L - mu) / (L + mu).
Proof.
intros mu_in; unfold step_factor.
replace (1 - 2 / (L + mu) * mu) with ((L - mu) / (L + mu))
  by (field; lra).
replace (1 - 2 / (L + mu) * L) with (- ((L - mu) / (L + mu)))
  by (field; lra).
rewrite Rabs_Ropp, Rmax_left by lra; apply Rabs_pos_eq.
apply Rmult_le_pos; [lra |]; left; apply Rinv_0_lt_compat; lra.
Qed.

(** |<TF, theta*> - alpha| <= |alpha| ((kappa - 1)/(kappa + 1))^T at
    eta = 2/(lambda_max + lambda_min) *)
Theorem better_constant_step kappa lmax lmin y alpha theta T :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  full_rank n d X ->
  lambda_max n d X lmax -> lambda_min n d X lmin -> 0 < lmin ->
  kappa = lmax / lmin ->
  Rabs (dot d (TF (fun _ => 2 / (lmax + lmin)) y vzero alpha T) theta - alpha)
  <= Rabs alpha * ((kappa - 1) / (kappa + 1)) ^ T.
Proof.
intros alpha_ne0 theta_unit y_eq rank_d lmax_max lmin_min lmin_gt0 kappa_eq.
assert (theta_ge := proj1 lmin_min theta
  (full_rank_row_space n d X theta rank_d)).
assert (theta_le := proj1 lmax_max theta).
rewrite (norm_one d theta theta_unit) in theta_ge, theta_le.
replace ((kappa - 1) / (kappa + 1)) with ((lmax - lmin) / (lmax + lmin))
  by (rewrite kappa_eq; field; lra).
rewrite <- step_factor_best by lra.
apply task_error; try assumption.
apply contraction_constant; [apply lmax_max | apply lmin_min].
Qed.

(** Other starts and labels *)

(** |<TF, theta*> - alpha |theta*|^2| <= |alpha| f |theta(0) - theta*| |theta*|
    for any q(0) and any steps that contract by f *)
Theorem any_start eta y q alpha theta T f :
  alpha <> 0 -> realizable n d X y theta -> full_rank n d X ->
  contraction n d eta X T f ->
  Rabs (dot d (TF eta y q alpha T) theta - alpha * dot d theta theta)
  <= Rabs alpha
     * (f * norm d (vsub (first_iterate q alpha) theta) * norm d theta).
Proof.
intros alpha_ne0 y_eq rank_d contracts.
rewrite dot_transformer by exact alpha_ne0.
rewrite <- Rmult_minus_distr_l, <- dot_sub_l, Rabs_mult.
apply Rmult_le_compat_l; [apply Rabs_pos |].
eapply Rle_trans; [apply cauchy_schwarz |].
apply Rmult_le_compat_r; [apply norm_ge0 |].
apply descent_distance; [| | exact contracts].
- apply realizable_least_squares, y_eq.
- apply full_rank_row_space, rank_d.
Qed.

(** f = max(|1 - eta mu|, |1 - eta L|)^T *)
Theorem any_start_constant mu L eta y q alpha theta T :
  alpha <> 0 -> realizable n d X y theta ->
  0 < mu -> strongly_convex n d X mu -> smooth n d X L ->
  Rabs (dot d (TF (fun _ => eta) y q alpha T) theta - alpha * dot d theta theta)
  <= Rabs alpha
     * (Rmax (Rabs (1 - eta * mu)) (Rabs (1 - eta * L)) ^ T
        * norm d (vsub (first_iterate q alpha) theta) * norm d theta).
Proof.
intros alpha_ne0 y_eq mu_gt0 G_ge G_le; apply any_start; try assumption.
- apply (strongly_convex_full_rank n d X mu); assumption.
- apply contraction_constant; [exact G_le |].
  apply strongly_convex_rows, G_ge.
Qed.

(** |<TF, tt> - alpha |tt|^2|^2 <= alpha^2 |tt|^2 |theta(0) - tt|^2 f^2 for the
    least-squares solution tt of least norm, any labels, start and rank *)
Theorem general_labels eta y q alpha tt T f :
  alpha <> 0 -> least_squares n d X y tt -> in_row_space n d X tt ->
  contraction n d eta X T f ->
  (dot d (TF eta y q alpha T) tt - alpha * dot d tt tt) ^ 2
  <= alpha ^ 2 * dot d tt tt
     * dot d (vsub (first_iterate q alpha) tt)
         (vsub (first_iterate q alpha) tt) * f ^ 2.
Proof.
intros alpha_ne0 normal_eq tt_row contracts.
destruct (row_space_split n d X (vsub (first_iterate q alpha) tt))
  as (e & v & e_row & v_null & split).
rewrite dot_transformer by exact alpha_ne0.
rewrite <- Rmult_minus_distr_l, <- dot_sub_l.
set (w := p_ eta T e).
assert (end_eq : veq d (vsub (descent n d eta X y (first_iterate q alpha) T) tt)
  (vadd w v)).
{ eapply veq_trans; [apply descent_error, normal_eq |].
  eapply veq_trans; [apply descent_operator_ext, split |].
  eapply veq_trans; [apply descent_operator_add |].
  intros i i_lt; unfold vadd, w; f_equal.
  apply (descent_operator_null n d X eta T v v_null i i_lt). }
rewrite (dot_ext d _ _ tt tt end_eq (veq_refl d tt)), dot_add_l.
rewrite (tt_row v v_null), Rplus_0_r.
rewrite (dot_ext d _ _ _ _ split split).
rewrite dot_add_l, !dot_add_r, (dot_sym d e v), (e_row v v_null).
assert (w_le := contracts e e_row); fold w in w_le.
assert (w_ge0 := norm_ge0 d w).
assert (w_sqr : dot d w w <= f ^ 2 * dot d e e).
{ rewrite <- !norm_sqr.
  replace (f ^ 2 * (norm d e * norm d e)) with (f * norm d e * (f * norm d e))
    by ring.
  apply Rmult_le_compat; assumption. }
assert (schwarz := cauchy_schwarz_sqr d w tt).
assert (tt_ge0 := dot_ge0 d tt); assert (vv_ge0 := dot_ge0 d v).
assert (ee_ge0 := dot_ge0 d e).
assert (f_sqr : 0 <= f ^ 2) by (apply pow2_ge_0).
assert (alpha_sqr : 0 <= alpha ^ 2) by (apply pow2_ge_0).
replace ((alpha * dot d w tt) ^ 2)
  with (alpha ^ 2 * (dot d w tt * dot d w tt)) by ring.
rewrite !Rmult_assoc; apply Rmult_le_compat_l; [exact alpha_sqr |].
apply Rle_trans with (1 := schwarz); rewrite Rmult_comm.
apply Rmult_le_compat_l; [exact tt_ge0 |].
apply Rle_trans with (1 := w_sqr); rewrite Rmult_comm.
apply Rmult_le_compat_r; lra.
Qed.

(** <TF, theta*> - alpha |theta*|^2 differs from -alpha (|theta*|^2 - |tt|^2)
    by at most |alpha| |tt|^2 f, q(0) = 0, any rank *)
Theorem limit_error eta y alpha theta tt T f :
  alpha <> 0 -> realizable n d X y theta ->
  least_squares n d X y tt -> in_row_space n d X tt ->
  contraction n d eta X T f ->
  Rabs (dot d (TF eta y vzero alpha T) theta - alpha * dot d theta theta
    - - alpha * (dot d theta theta - dot d tt tt))
  <= Rabs alpha * dot d tt tt * f.
Proof.
intros alpha_ne0 y_eq normal_eq tt_row contracts.
rewrite dot_transformer by exact alpha_ne0.
set (iterate := descent n d eta X y (first_iterate vzero alpha) T).
assert (diff_null : veq n (Xm (vsub theta tt)) vzero).
{ apply (least_squares_null n d X y); [| exact normal_eq].
  apply realizable_least_squares, y_eq. }
assert (iterate_row : in_row_space n d X iterate).
{ apply row_space_descent.
  apply (row_space_ext n d X vzero); [| apply row_space_zero].
  intros i _; unfold first_iterate, vzero, Rdiv; ring. }
assert (same : dot d iterate theta = dot d iterate tt).
{ assert (orthogonal := iterate_row _ diff_null).
  rewrite dot_sym, dot_sub_r in orthogonal; lra. }
rewrite same.
replace (alpha * dot d iterate tt - alpha * dot d theta theta
    - - alpha * (dot d theta theta - dot d tt tt))
  with (alpha * dot d (vsub iterate tt) tt) by (rewrite dot_sub_l; ring).
rewrite Rabs_mult, Rmult_assoc.
apply Rmult_le_compat_l; [apply Rabs_pos |].
eapply Rle_trans; [apply cauchy_schwarz |].
unfold iterate.
rewrite (norm_ext d _ _ (descent_zero eta y tt T alpha normal_eq)), norm_opp.
assert (tt_le := contracts tt tt_row).
assert (tt_sqr := norm_sqr d tt); assert (tt_ge0 := norm_ge0 d tt).
apply Rle_trans with (f * norm d tt * norm d tt).
- apply Rmult_le_compat_r; assumption.
- rewrite <- tt_sqr; right; ring.
Qed.

(** max(|1 - eta mu|, |1 - eta L|) < 1 for 0 < eta < 2/L *)
Lemma step_factor_lt1 mu L eta :
  0 < mu <= L -> 0 < eta < 2 / L -> step_factor mu L eta < 1.
Proof.
intros mu_in [eta_gt0 eta_lt].
assert (eta_L : eta * L < 2).
{ replace 2 with (2 / L * L) by (field; lra).
  apply Rmult_lt_compat_r; lra. }
assert (eta_mu : 0 < eta * mu <= eta * L).
{ split; [apply Rmult_lt_0_compat; lra |].
  apply Rmult_le_compat_l; lra. }
apply Rmax_lub_lt; apply Rabs_def1; lra.
Qed.

(** <TF, theta*> - alpha |theta*|^2 tends to -alpha (|theta*|^2 - |tt|^2) for
    0 < eta < 2/lambda_max and X <> 0. *)
Theorem limit_error_cv lmax eta y alpha theta tt :
  alpha <> 0 -> realizable n d X y theta ->
  least_squares n d X y tt -> in_row_space n d X tt ->
  ~ (forall v, veq n (Xm v) vzero) ->
  lambda_max n d X lmax -> 0 < eta < 2 / lmax ->
  Un_cv (fun T => dot d (TF (fun _ => eta) y vzero alpha T) theta
      - alpha * dot d theta theta)
    (- alpha * (dot d theta theta - dot d tt tt)).
Proof.
intros alpha_ne0 y_eq normal_eq tt_row X_ne0 lmax_max eta_in eps eps_gt0.
destruct (Spectrum.condition_number_exists n d X X_ne0) as [kappa kappa_number].
destruct (condition_number_bounds n d X kappa lmax kappa_number lmax_max)
  as [lmin [lmin_min [lmin_in _]]].
set (rho := step_factor lmin lmax eta).
assert (rho_lt1 : Rabs rho < 1).
{ rewrite Rabs_pos_eq by apply step_factor_ge0.
  apply step_factor_lt1; assumption. }
set (scale := Rabs alpha * dot d tt tt + 1).
assert (alpha_ge0 := Rabs_pos alpha); assert (tt_ge0 := dot_ge0 d tt).
assert (product_ge0 := Rmult_le_pos _ _ alpha_ge0 tt_ge0).
assert (scale_gt0 : 0 < scale) by (unfold scale; lra).
destruct (pow_lt_1_zero rho rho_lt1 (eps / scale)
  (Rdiv_lt_0_compat _ _ eps_gt0 scale_gt0)) as [T0 small].
exists T0; intros T T_ge; unfold R_dist.
assert (bound := limit_error (fun _ => eta) y alpha theta tt T (rho ^ T)
  alpha_ne0 y_eq normal_eq tt_row
  (contraction_constant n d X lmin lmax eta T (proj1 lmax_max)
    (proj1 lmin_min))).
assert (power_lt := small T T_ge).
assert (power_ge0 : 0 <= rho ^ T) by (apply pow_le, step_factor_ge0).
rewrite Rabs_pos_eq in power_lt by exact power_ge0.
apply Rle_lt_trans with (1 := bound).
apply Rle_lt_trans with (scale * rho ^ T).
- apply Rmult_le_compat_r; [exact power_ge0 | unfold scale; lra].
- replace eps with (scale * (eps / scale)) by (field; lra).
  apply Rmult_lt_compat_l; assumption.
Qed.

End Stronger.
