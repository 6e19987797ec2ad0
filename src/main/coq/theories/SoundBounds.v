(** Soundness of the rules about the error of the prediction: theorem-4.4,
    tight-bound, general-labels, limit-error, error-identity. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Import Vectors Model Attention Forms Descent.
From Loopcert Require Spectral RowSpace.
From Loopcert Require Import Certificate Meaning Reflect SoundTask.
From Loopcert Require Import SoundContraction.

Local Open Scope R_scope.

Section Bounds.

Context {I : Type} (value : I -> R) (i : instance I) (eta : nat -> R).

Local Notation fraction := (fraction value).
Local Notation entries := (entries value).
Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation y := (labels_y value i).
Local Notation alpha := (query value i).
Local Notation q := (start_q value i).
Local Notation first := (first_iterate q alpha).
Local Notation meaning := (meaning value i eta).
Local Notation has_rank := (has_rank value i).
Local Notation p := (descent_operator n d eta X).
Local Notation output := (output value i eta).
Local Notation iterate := (iterate value i eta).

Hypothesis eta_steps : schedule_of value i eta.
Hypothesis alpha_ne0 : alpha <> 0.

Lemma output_iterate t : veq d (output t) (vscale alpha (iterate t)).
Proof. apply theorem_4_2_output, alpha_ne0. Qed.

Lemma dot_output t w : dot d (output t) w = alpha * dot d (iterate t) w.
Proof.
rewrite (dot_ext d _ _ w w (output_iterate t)); [apply dot_scale_l |].
intros k _; reflexivity.
Qed.

(** alpha <p_t(G)(theta(0) - s), w>, the distance from a solution s *)
Lemma dot_output_solution t s w :
  least_squares n d X y s ->
  dot d (output t) w
  = alpha * dot d s w + alpha * dot d (p t (vsub first s)) w.
Proof.
intros s_solves; rewrite dot_output.
rewrite <- (dot_ext d _ _ w w (descent_error n d X eta y first s s_solves t));
  [rewrite dot_sub_l; unfold iterate; ring |].
intros k _; reflexivity.
Qed.

Lemma error_solution t s :
  least_squares n d X y s ->
  error value i eta t s = alpha * dot d (vsub first s) (p t s).
Proof.
intros s_solves; unfold error; rewrite (dot_output_solution t s s s_solves).
rewrite <- dot_descent_operator; ring.
Qed.

Section ZeroStart.

Hypothesis start_zero : veq d q vzero.

Lemma first_zero : veq d first vzero.
Proof.
intros j j_lt; unfold first_iterate; rewrite start_zero by exact j_lt.
unfold vzero; field; exact alpha_ne0.
Qed.

(** * error-identity *)

Lemma error_zero_start t s :
  least_squares n d X y s ->
  error value i eta t s = - alpha * dot d s (p t s).
Proof.
intros s_solves; rewrite error_solution by exact s_solves.
rewrite dot_sub_l, (dot_ext d first vzero (p t s) (p t s));
  [rewrite dot_zero_l; ring | exact first_zero |].
intros k _; reflexivity.
Qed.

Lemma error_identity_meaning theta s :
  meaning (IsRealizable theta s) -> meaning (HasErrorIdentity theta).
Proof.
intros (realizes & _ & _); split; [exact realizes |].
intros t _; apply error_zero_start, realizable_least_squares, realizes.
Qed.

(** * The unit task *)

Section UnitTask.

Variables (theta : list (frac I)) (s : frac I).

Hypothesis theta_realizes : meaning (IsRealizable theta s).
Hypothesis s_unit : fraction s = 1.
Hypothesis rank_d : has_rank d.

Lemma unit_task v : realizable n d X y v -> dot d v v = 1.
Proof.
intros v_realizes; destruct theta_realizes as (realizes & s_eq & _).
rewrite <- s_unit, s_eq; apply dot_ext;
  apply (full_rank_unique value i); assumption.
Qed.

Lemma unit_error v t :
  realizable n d X y v ->
  dot d (output t) v - alpha = - alpha * dot d v (p t v).
Proof.
intros v_realizes; rewrite <- (error_zero_start t v).
- unfold error; rewrite unit_task by exact v_realizes; ring.
- apply realizable_least_squares, v_realizes.
Qed.

Lemma unit_error_le v t f :
  realizable n d X y v -> contraction n d eta X t f ->
  Rabs (dot d (output t) v - alpha) <= Rabs alpha * f.
Proof.
intros v_realizes contracts; rewrite unit_error by exact v_realizes.
rewrite Rabs_mult, Rabs_Ropp; apply Rmult_le_compat_l; [apply Rabs_pos |].
apply Rle_trans with (1 := cauchy_schwarz d v (p t v)).
assert (norm_v : norm d v = 1)
  by (unfold norm; rewrite unit_task by exact v_realizes; apply sqrt_1).
assert (v_rows := full_rank_row_space value i v rank_d).
assert (norm_le := contracts v v_rows); rewrite norm_v in *; lra.
Qed.

(** * tight-bound *)

Lemma tight_bound_meaning b r sl su c f :
  meaning (HasSmallestAtLeast b r) -> meaning (HasSmallSteps sl su c) ->
  is_small_step_factor value i b c f ->
  meaning (HasTightBound f).
Proof.
intros low small f_eq v v_realizes t known.
apply unit_error_le; [exact v_realizes |].
apply (small_step_factor_contraction value i eta b r sl su c); assumption.
Qed.

(** * theorem-4.4 *)

Lemma exponential_contraction mu t :
  strongly_convex_on_rows n d X mu ->
  (forall k, (k < t)%nat ->
     0 < eta k /\ smooth n d X (/ eta k)) ->
  contraction n d eta X t (exp (- (mu * sum t eta))).
Proof.
intros convex small.
replace (exp (- (mu * sum t eta))) with (prod t (fun k => exp (- (eta k * mu)))).
- apply contraction_prod; intros k k_lt v v_rows.
  destruct (small k k_lt) as (eta_gt0 & smooth_eta).
  apply Rle_trans with ((1 - eta k * mu) * norm d v).
  + apply (step_small n d X (/ eta k)); try assumption; [lra |].
    rewrite Rinv_r by lra; lra.
  + apply Rmult_le_compat_r; [apply norm_ge0 |].
    assert (exp_ge := exp_ineq1_le (- (eta k * mu))); lra.
- clear small; induction t as [| t IHt]; simpl.
  + rewrite Rmult_0_r, Ropp_0, exp_0; reflexivity.
  + rewrite IHt, <- exp_plus; f_equal; ring.
Qed.

Lemma theorem_4_4_meaning r ml mu sl su kl ku s_lower s_upper c :
  meaning (HasSpectrum r ml mu sl su kl ku) ->
  meaning (HasSmallSteps s_lower s_upper c) ->
  (steps i = LambdaMax \/
   INR (count_T i) / (2 * fraction kl) <= fraction ml * fraction s_lower) ->
  meaning (HasTheorem44 kl ku).
Proof.
intros (_ & (lmax & lmin & is_max & is_min & (ml_gt0 & ml_le) & _ &
  (sl_gt0 & sl_le) & _) & kl_ge1 & _ & kappa_in) (small & (_ & sum_ge) & _)
  exponent v v_realizes kappa is_kappa.
assert (kappa_range := kappa_in kappa is_kappa); split; [exact kappa_range |].
apply unit_error_le; [exact v_realizes |].
assert (T_ge0 := pos_INR (count_T i)).
assert (small_T := small (count_T i) (or_introl eq_refl)).
destruct is_kappa as (lmax' & lmin' & is_max' & is_min' & lmin_gt0 & kappa_eq).
assert (min_eq : lmin' = lmin).
{ destruct is_min as (min_convex & min_most).
  destruct is_min' as (min_convex' & min_most').
  apply Rle_antisym; [apply min_most | apply min_most']; assumption. }
assert (max_eq : lmax' = lmax).
{ destruct is_max as (max_smooth & max_least).
  destruct is_max' as (max_smooth' & max_least').
  apply Rle_antisym; [apply max_least' | apply max_least]; assumption. }
subst lmin' lmax'.
assert (contracts := exponential_contraction lmin (count_T i)
  (proj1 is_min) small_T).
apply (contraction_le value i eta _ _ _ contracts).
assert (goal_le : INR (count_T i) / (2 * kappa)
                  <= lmin * sum (count_T i) eta).
{ destruct exponent as [literal | enough].
  - assert (sum_eq : sum (count_T i) eta = INR (count_T i) * / lmax).
    { apply sum_constant.
      revert eta_steps; unfold schedule_of; rewrite literal.
      intros (l & (l_smooth & l_least) & eta_eq) k; rewrite eta_eq; f_equal.
      apply Rle_antisym; [apply l_least, is_max | apply is_max, l_smooth]. }
    rewrite sum_eq, kappa_eq.
    replace (INR (count_T i) / (2 * (lmax / lmin)))
      with (/ 2 * (lmin * (INR (count_T i) * / lmax))) by (field; lra).
    assert (product_ge0 : 0 <= lmin * (INR (count_T i) * / lmax)).
    { apply Rmult_le_pos; [lra |]; apply Rmult_le_pos; [lra |].
      left; apply Rinv_0_lt_compat; lra. }
    lra.
  - apply Rle_trans with (INR (count_T i) / (2 * fraction kl)).
    + apply Rmult_le_compat_l; [exact T_ge0 |].
      apply Rinv_le_contravar; lra.
    + apply Rle_trans with (1 := enough).
      assert (s_le : 0 <= sum (count_T i) eta)
        by (apply sum_ge0; intros k k_lt; left; apply small_T, k_lt).
      apply Rle_trans with (fraction ml * sum (count_T i) eta).
      * apply Rmult_le_compat_l; lra.
      * apply Rmult_le_compat_r; lra. }
destruct (Rle_lt_or_eq_dec _ _ goal_le) as [exponent_lt | exponent_eq].
- left; apply exp_increasing.
  replace (- INR (count_T i) / (2 * kappa))
    with (- (INR (count_T i) / (2 * kappa))) by (unfold Rdiv; ring); lra.
- right; f_equal; rewrite <- exponent_eq; unfold Rdiv; ring.
Qed.

End UnitTask.

End ZeroStart.

(** * general-labels *)

Lemma solution_error_le t f tt :
  least_squares n d X y tt -> in_row_space n d X tt ->
  contraction n d eta X t f ->
  Rsqr (error value i eta t tt)
  <= alpha * alpha * dot d tt tt
     * dot d (vsub first tt) (vsub first tt) * Rsqr f.
Proof.
intros tt_solves tt_rows contracts; rewrite error_solution by exact tt_solves.
rewrite Rsqr_mult; set (w := vsub first tt).
assert (inner_le := cauchy_schwarz d w (p t tt)).
assert (image_le := contracts tt tt_rows).
assert (bound_le : Rabs (dot d w (p t tt)) <= norm d w * (f * norm d tt)).
{ apply Rle_trans with (1 := inner_le).
  apply Rmult_le_compat_l; [apply norm_ge0 | exact image_le]. }
assert (square_le := Rsqr_incr_1 _ _ bound_le (Rabs_pos _)
  (Rle_trans _ _ _ (Rabs_pos _) bound_le)).
rewrite <- Rsqr_abs in square_le.
replace (alpha * alpha * dot d tt tt * dot d w w * Rsqr f)
  with (Rsqr alpha * Rsqr (norm d w * (f * norm d tt))).
- apply Rmult_le_compat_l; [apply Rle_0_sqr | exact square_le].
- rewrite !Rsqr_mult; unfold Rsqr; rewrite <- (norm_sqr d tt).
  rewrite <- (norm_sqr d w); ring.
Qed.

Lemma general_labels_meaning theta ts res r small f s :
  meaning (HasLeastSquares theta ts res r) -> meaning (Contracts small f) ->
  fraction s = alpha * alpha * fraction ts
    * dot d (vsub first (entries theta)) (vsub first (entries theta)) ->
  meaning (HasGeneralLabels s f).
Proof.
intros ((solves & in_rows) & ts_eq & _) contracts s_eq tt (tt_solves & tt_rows)
  t known.
assert (tt_eq := RowSpace.least_squares_unique n d X y _ _ tt_solves tt_rows
  solves in_rows).
assert (distance_eq : veq d (vsub first (entries theta)) (vsub first tt))
  by (intros j j_lt; unfold vsub; rewrite tt_eq by exact j_lt; reflexivity).
rewrite s_eq, ts_eq, (dot_ext d _ _ _ _ distance_eq distance_eq).
rewrite (dot_ext d _ _ _ _ tt_eq tt_eq).
apply solution_error_le; [exact tt_solves | exact tt_rows |].
intros v v_rows; apply contracts; assumption.
Qed.

(** * limit-error *)

Lemma limit_error_meaning theta ts tt tts res r small f limit s :
  veq d q vzero ->
  meaning (IsRealizable theta ts) -> meaning (HasLeastSquares tt tts res r) ->
  meaning (Contracts small f) ->
  fraction limit = Rabs alpha * (fraction ts - fraction tts) ->
  fraction s = alpha * alpha * (fraction tts * fraction tts) ->
  meaning (HasLimitError theta limit s f).
Proof.
intros start_zero (realizes & ts_eq & _) ((solves & in_rows) & tts_eq & _)
  contracts limit_eq s_eq.
split; [exact realizes |]; split.
{ exists (entries tt); split; [split; assumption |].
  rewrite limit_eq, ts_eq, tts_eq; reflexivity. }
intros t known.
assert (error_eq : error value i eta t (entries theta)
  + alpha / Rabs alpha * fraction limit = error value i eta t (entries tt)).
{ unfold error; rewrite limit_eq, ts_eq, tts_eq, !dot_output.
  assert (same : dot d (iterate t) (entries theta)
                 = dot d (iterate t) (entries tt)).
  { assert (rows_t : in_row_space n d X (iterate t)).
    { apply row_space_descent; intros u _.
      rewrite (dot_ext d u u first vzero); [apply dot_zero_r | |].
      - intros k _; reflexivity.
      - apply first_zero, start_zero. }
    assert (null : veq n (mulmv d X (vsub (entries theta) (entries tt))) vzero).
    { apply Spectral.gram_null; intros j j_lt; rewrite mulmv_sub.
      rewrite (realizable_least_squares _ _ _ _ _ realizes j j_lt).
      rewrite (solves j j_lt); unfold vzero; ring. }
    assert (orthogonal := rows_t _ null).
    rewrite dot_sub_l, !(dot_sym d _ (iterate t)) in orthogonal; lra. }
  rewrite same; assert (abs_ne0 := Rabs_no_R0 alpha alpha_ne0).
  field; exact abs_ne0. }
rewrite error_eq, s_eq, tts_eq.
apply Rle_trans with (1 := solution_error_le t _ _ solves in_rows
  (fun v v_rows => contracts t known v v_rows)).
right; f_equal; rewrite !Rmult_assoc; do 3 f_equal.
assert (distance : veq d (vsub first (entries tt)) (vscale (-1) (entries tt))).
{ intros j j_lt; unfold vsub, vscale.
  rewrite first_zero by assumption; unfold vzero; ring. }
rewrite (dot_ext d _ _ _ _ distance distance), dot_scale_l, dot_scale_r; ring.
Qed.

End Bounds.
