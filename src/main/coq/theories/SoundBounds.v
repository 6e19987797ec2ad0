(** Soundness of the rules about the error of the prediction: theorem-4.4,
    tight-bound, doubled-exponent, two-sided, general-labels, limit-error,
    noise, error-identity.

    Exports: a lemma [rule_sound] for each. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Spectral Spectrum RowSpace Convergence Stronger Noise.
From Loopcert Require Import Certificate Arithmetic Linear Rules.
From Loopcert Require Import Vectors Model Attention Forms Descent.
From Loopcert Require Import Meaning Reflect Exactness Triangles SoundProblem.
From Loopcert Require Import SoundSpectrum SoundContraction SoundTask.

Import ListNotations.

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
intros t _; apply error_zero_start, Convergence.realizable_least_squares.
exact realizes.
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
- apply Convergence.realizable_least_squares, v_realizes.
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
assert (v_rows := rank_row_space value i v rank_d).
assert (norm_le := contracts v v_rows); rewrite norm_v in *; lra.
Qed.

Lemma unit_task_exists : has_unit_task value i.
Proof.
exists (entries theta); split; [apply theta_realizes |].
apply unit_task, theta_realizes.
Qed.

(** * tight-bound *)

Lemma tight_bound_meaning b r sl su c f :
  meaning (HasSmallestAtLeast b r) -> meaning (HasSmallSteps sl su c) ->
  is_small_step_factor value i b c f ->
  meaning (HasTightBound f).
Proof.
intros low small f_eq; split; [exact unit_task_exists |].
intros v v_realizes t known; apply unit_error_le; [exact v_realizes |].
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
replace (exp (- (mu * sum t eta)))
  with (prod t (fun k => exp (- (eta k * mu)))).
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
  (sl_gt0 & sl_le) & _) & kl_ge1 & kappa_exists & kappa_in)
  (small & (_ & sum_ge) & _) exponent.
split; [exact unit_task_exists |]; split; [exact kappa_exists |].
intros kappa is_kappa.
assert (kappa_range := kappa_in kappa is_kappa); split; [exact kappa_range |].
intros v v_realizes; apply unit_error_le; [exact v_realizes |].
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
apply contraction_le with (2 := contracts).
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
intros ((solves & in_rows) & ts_eq & _) (contracts & _) s_eq tt
  (tt_solves & tt_rows)
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
  (contracts & _) limit_eq s_eq.
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
      rewrite (Convergence.realizable_least_squares _ _ _ _ _ realizes j j_lt).
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

(** * Bounds for all steps at once *)

Lemma common_smoothness T :
  (0 < d)%nat ->
  (forall t, (t < T)%nat -> 0 < eta t /\ smooth n d X (/ eta t)) ->
  exists L, smooth n d X L /\ Descent.small_steps L eta T.
Proof.
intros d_pos small.
destruct (Spectrum.lambda_max_exists n d X d_pos) as (L & smooth_L & least).
exists L; split; [exact smooth_L |]; intros t t_lt.
destruct (small t t_lt) as (eta_gt0 & smooth_eta); split; [lra |].
assert (L_le := least _ smooth_eta).
apply (Rmult_le_reg_l (/ eta t)); [apply Rinv_0_lt_compat, eta_gt0 |].
rewrite <- Rmult_assoc, Rinv_l by lra; lra.
Qed.

Lemma full_rank_convex mu :
  has_rank d -> strongly_convex_on_rows n d X mu -> strongly_convex n d X mu.
Proof.
intros rank_d convex v; apply convex, (rank_row_space value i), rank_d.
Qed.

(** A start of 0 may be written in any way. *)
Lemma output_zero_start t :
  veq d q vzero ->
  veq d (output t)
    (transformer n d eta (prompt n d X y vzero alpha) t).
Proof.
intros start_zero j j_lt; rewrite (output_iterate t j j_lt).
rewrite (theorem_4_2_output n d eta X y vzero alpha t alpha_ne0 j j_lt).
unfold vscale; f_equal.
apply descent_ext; [intros k _; reflexivity | | exact j_lt].
intros k k_lt; unfold first_iterate; rewrite start_zero by exact k_lt.
reflexivity.
Qed.

Lemma dot_output_zero t w :
  veq d q vzero ->
  dot d (output t) w
  = dot d (transformer n d eta (prompt n d X y vzero alpha) t) w.
Proof.
intros start_zero; apply dot_ext; [apply output_zero_start, start_zero |].
intros k _; reflexivity.
Qed.

Lemma loop_steps eps Z t :
  (forall k, (k < t)%nat -> eta k = eps k) ->
  loop n d eta Z t = loop n d eps Z t.
Proof.
induction t as [| t IHt]; intros steps_eq; [reflexivity |].
simpl; rewrite IHt by (intros k k_lt; apply steps_eq; lia).
rewrite (steps_eq t) by lia; reflexivity.
Qed.

(** * doubled-exponent *)

Lemma norm_unit theta : dot d theta theta = 1 -> norm d theta = 1.
Proof. intros square_eq; unfold norm; rewrite square_eq; apply sqrt_1. Qed.

Lemma doubled_exponent_meaning theta s r ml mu sl su kl ku s_lower s_upper c :
  veq d q vzero -> (0 < d)%nat ->
  meaning (IsRealizable theta s) -> fraction s = 1 -> has_rank d ->
  meaning (HasSpectrum r ml mu sl su kl ku) ->
  meaning (HasSmallSteps s_lower s_upper c) ->
  (steps i = LambdaMax \/ count_T i = 0%nat \/
   (let x := fraction ml * fraction s_lower / INR (count_T i) in
    1 <= fraction kl * (x + x * x / 2))) ->
  meaning HasDoubledExponent.
Proof.
intros start_zero d_pos task_meaning s_unit rank_d
  (_ & (lmax & lmin & is_max & is_min & (ml_gt0 & ml_le) & _ & _) & kl_ge1 &
   kappa_exists & kappa_in) (small & (sl_ge0 & sum_ge) & _) exponent.
split; [apply (unit_task_exists theta s); assumption |].
split; [exact kappa_exists |]; intros v v_realizes kappa is_kappa.
assert (kappa_range := kappa_in kappa is_kappa).
assert (v_square := unit_task theta s task_meaning s_unit rank_d v v_realizes).
assert (v_unit := norm_unit v v_square).
assert (injective := full_rank_of_rank value i).
assert (small_T := small (count_T i) (or_introl eq_refl)).
destruct exponent as [literal | [no_loop | enough]].
- assert (same : dot d (output (count_T i)) v
    = dot d (transformer n d (fun _ => 1 / lmax) (prompt n d X y vzero alpha)
        (count_T i)) v).
  { rewrite dot_output_zero by exact start_zero.
    unfold transformer; rewrite (loop_steps (fun _ => 1 / lmax));
      [reflexivity |].
    revert eta_steps; unfold schedule_of; rewrite literal.
    intros (l & is_l & eta_eq) k _; rewrite eta_eq.
    rewrite (Spectrum.lambda_max_unique n d X l lmax is_l is_max).
    unfold Rdiv; ring. }
  rewrite same.
  apply (Convergence.doubled_exponent n d X kappa lmax y alpha v (count_T i));
    try assumption.
  intros u u_null; apply injective; assumption.
- rewrite no_loop; replace (- INR 0 / kappa) with 0
    by (simpl; unfold Rdiv; ring).
  rewrite exp_0.
  apply (unit_error_le start_zero theta s task_meaning s_unit rank_d v 0 1
    v_realizes).
  intros u _; simpl; lra.
- destruct (Nat.eq_dec (count_T i) 0) as [T_eq | T_ne].
  { rewrite T_eq; replace (- INR 0 / kappa) with 0
      by (simpl; unfold Rdiv; ring).
    rewrite exp_0.
    apply (unit_error_le start_zero theta s task_meaning s_unit rank_d v 0 1
      v_realizes).
    intros u _; simpl; lra. }
  assert (T_pos : 0 < INR (count_T i)) by (apply lt_0_INR; lia).
  destruct (common_smoothness (count_T i) d_pos small_T)
    as (L & smooth_L & steps_L).
  rewrite dot_output_zero by exact start_zero.
  apply (Convergence.doubled_exponent_schedule n d X (fraction ml) L
    (fraction kl) kappa eta y alpha v (count_T i)
    (fraction ml * sum (count_T i) eta / INR (count_T i))); try assumption.
  + apply full_rank_convex; [exact rank_d |].
    intros w w_rows; apply Rle_trans with (lmin * dot d w w).
    * apply Rmult_le_compat_r; [apply dot_ge0 | exact ml_le].
    * apply is_min, w_rows.
  + lia.
  + reflexivity.
  + lra.
  + cbv zeta in enough.
    set (x := fraction ml * fraction s_lower / INR (count_T i)) in *.
    set (z := fraction ml * sum (count_T i) eta / INR (count_T i)).
    assert (inverse_pos : 0 < / INR (count_T i))
      by (apply Rinv_0_lt_compat, T_pos).
    assert (x_ge0 : 0 <= x).
    { unfold x, Rdiv; apply Rmult_le_pos; [| lra].
      apply Rmult_le_pos; lra. }
    assert (x_le : x <= z).
    { unfold x, z, Rdiv; apply Rmult_le_compat_r; [lra |].
      apply Rmult_le_compat_l; lra. }
    assert (x_enough : 1 / fraction kl <= x + x * x / 2).
    { apply (Rmult_le_reg_l (fraction kl)); [lra |].
      replace (fraction kl * (1 / fraction kl)) with 1 by (field; lra).
      exact enough. }
    nra.
Qed.

(** * two-sided *)

Lemma unit_vector : (0 < d)%nat -> exists v, norm d v = 1.
Proof.
intros d_pos; exists (fun k => if (k =? 0)%nat then 1 else 0).
apply norm_unit; unfold dot; rewrite (sum_pick d 0);
  [simpl; ring | exact d_pos |].
intros k _ k_ne; destruct (Nat.eqb_spec k 0); [contradiction | ring].
Qed.

Lemma constant_eta : constant_step i -> forall t, eta t = eta 0%nat.
Proof.
revert eta_steps; unfold schedule_of, constant_step.
destruct (steps i); intros eta_eq constant t.
- rewrite !eta_eq; reflexivity.
- contradiction.
- destruct eta_eq as (l & _ & eta_eq); rewrite !eta_eq; reflexivity.
Qed.

Lemma two_sided_meaning theta s b r s_lower s_upper c l u :
  veq d q vzero -> (0 < d)%nat ->
  meaning (IsRealizable theta s) -> fraction s = 1 -> has_rank d ->
  meaning (HasSmallestAtLeast b r) ->
  meaning (HasSmallSteps s_lower s_upper (Some c)) ->
  (count_T i <> 0%nat ->
   fraction l
   = Rmax 0 (1 - fraction s_upper / INR (count_T i) * dot n y y)) ->
  fraction u = 1 - fraction c * fraction b ->
  meaning (IsTwoSided l u).
Proof.
intros start_zero d_pos task_meaning s_unit rank_d (b_gt0 & convex & _)
  (small & (sl_ge0 & sum_ge) & sum_le & constant & c_gt0 & c_le & _)
  l_eq u_eq.
split; [apply (unit_task_exists theta s); assumption |].
intros v v_realizes T.
assert (v_square := unit_task theta s task_meaning s_unit rank_d v v_realizes).
assert (v_unit := norm_unit v v_square).
assert (eta_eq := constant_eta constant).
assert (same : forall t, dot d (output t) v
  = dot d (transformer n d (fun _ => eta 0%nat)
      (prompt n d X y vzero alpha) t) v).
{ intros t; rewrite dot_output_zero by exact start_zero.
  unfold transformer; rewrite (loop_steps (fun _ => eta 0%nat));
    [reflexivity |].
  intros k _; apply eta_eq. }
destruct (small 1%nat (or_intror constant) 0%nat Nat.lt_0_1)
  as (eta_gt0 & smooth_eta).
assert (eta_in : 0 < eta 0%nat <= 1 / / eta 0%nat).
{ split; [exact eta_gt0 |]; right; field; lra. }
assert (eta_le : eta 0%nat * / eta 0%nat <= 1) by (rewrite Rinv_r; lra).
assert (convex_all := full_rank_convex (fraction b) rank_d convex).
assert (alpha_pos := Rabs_pos_lt alpha alpha_ne0).
assert (small_const : forall t, Descent.small_steps (/ eta 0%nat)
  (fun _ => eta 0%nat) t).
{ intros t k _; split; lra. }
rewrite !same; split; [| split].
- intros known.
  destruct (Nat.eq_dec T 0) as [T_eq | T_ne].
  + subst T; rewrite <- same.
    rewrite (unit_error start_zero theta s task_meaning s_unit rank_d v 0
      v_realizes).
    simpl; rewrite v_square, Rmult_1_r, Rabs_Ropp, Rmult_1_l; lra.
  + assert (T_count : count_T i <> 0%nat)
      by (destruct known as [T_eq | count_ne];
        [contradiction | exact count_ne]).
    assert (T_pos : 0 < INR (count_T i)) by (apply lt_0_INR; lia).
    assert (eta_upper : eta 0%nat <= fraction s_upper / INR (count_T i)).
    { apply (Rmult_le_reg_r (INR (count_T i))); [exact T_pos |].
      replace (fraction s_upper / INR (count_T i) * INR (count_T i))
        with (fraction s_upper) by (field; lra).
      rewrite (sum_constant (count_T i) eta (eta 0%nat) eta_eq) in sum_le.
      lra. }
    assert (enclosed := Stronger.two_sided n d X (fraction b) (/ eta 0%nat)
      (fraction c) (eta 0%nat) (fraction s_upper / INR (count_T i)) y alpha v T
      alpha_ne0 v_unit v_realizes b_gt0 convex_all smooth_eta eta_in
      (conj (c_le 0%nat) eta_upper)).
    rewrite (l_eq T_count), u_eq.
    set (e := Rabs (dot d _ v - alpha)) in *.
    assert (e_eq : e / Rabs alpha * Rabs alpha = e) by (field; lra).
    destruct enclosed as (lower & upper); rewrite <- e_eq; split;
      apply Rmult_le_compat_r; lra.
- apply (Stronger.error_decreasing n d X (/ eta 0%nat)); try assumption.
  apply small_const.
- rewrite Rmult_comm.
  apply (Stronger.error_sign n d X (/ eta 0%nat)); try assumption.
  apply small_const.
Qed.

(** * noise *)

Lemma noise_meaning own b r s_lower s_upper c f s floor :
  task i = Some own ->
  veq d q vzero -> (0 < d)%nat -> has_rank d ->
  meaning (HasSmallestAtLeast b r) ->
  meaning (HasSmallSteps s_lower s_upper c) ->
  is_small_step_factor value i b c f ->
  fraction s = dot d (entries own) (entries own) ->
  fraction floor
  = fraction s
    * dot n (residual d X y (entries own)) (residual d X y (entries own))
    * Rmin (1 / fraction b) (fraction s_upper) ->
  meaning (HasNoise s f floor).
Proof.
intros task_eq start_zero d_pos rank_d (b_gt0 & convex & _)
  (small & (sl_ge0 & sum_ge) & sum_le & c_range) f_eq s_eq floor_eq.
simpl; rewrite task_eq; split; [exact s_eq |].
assert (small_T := small (count_T i) (or_introl eq_refl)).
destruct (common_smoothness (count_T i) d_pos small_T)
  as (L & smooth_L & steps_L).
assert (convex_all := full_rank_convex (fraction b) rank_d convex).
assert (bound := Noise.noise_bound n d X (fraction b) L eta y alpha
  (entries own) (count_T i) (fraction s_upper) alpha_ne0 b_gt0 convex_all
  smooth_L steps_L sum_le).
unfold error; rewrite dot_output_zero by exact start_zero.
apply Rle_trans with (1 := bound).
apply Rmult_le_compat_l; [apply Rabs_pos |].
assert (root_eq : sqrt (fraction floor)
  = norm d (entries own) * norm n (residual d X y (entries own))
    * sqrt (Rmin (1 / fraction b) (fraction s_upper))).
{ assert (min_ge0 : 0 <= Rmin (1 / fraction b) (fraction s_upper)).
  { apply Rmin_glb; [| lra].
    unfold Rdiv; rewrite Rmult_1_l; left; apply Rinv_0_lt_compat, b_gt0. }
  rewrite floor_eq, s_eq, sqrt_mult, sqrt_mult;
    try apply dot_ge0; try exact min_ge0; [reflexivity |].
  apply Rmult_le_pos; apply dot_ge0. }
rewrite root_eq, s_eq; apply Rplus_le_compat_r.
apply Rmult_le_compat_l; [apply dot_ge0 |].
destruct (unit_vector d_pos) as (v & v_unit).
assert (rates := Convergence.small_steps_mu n d X (fraction b) L eta v
  (count_T i) v_unit b_gt0 convex_all smooth_L steps_L).
destruct c as [c |], f as [base k | mu | bound']; try contradiction.
- destruct f_eq as (base_eq & _); destruct c_range as (_ & c_gt0 & c_le & _).
  cbn [factor_at]; rewrite base_eq, <- prod_constant.
  apply prod_le; intros t t_lt; assert (rate := rates t t_lt).
  assert (product_le := Rmult_le_compat_r (fraction b) _ _ (Rlt_le _ _ b_gt0)
    (c_le t)); split; lra.
- cbn [is_small_step_factor] in f_eq; subst mu; apply Rle_refl.
Qed.

End Bounds.

(** * The rules *)

Section Rules.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).
Context (bounds : limits) (i : instance I) (eta : nat -> R).

Hypothesis i_formed : well_formed value i.
Hypothesis eta_steps : schedule_of value i eta.

Local Notation fraction := (fraction value).
Local Notation entries := (entries value).
Local Notation proper := (proper value).
Local Notation vdot := Vectors.dot.
Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation y := (labels_y value i).
Local Notation alpha_value := (query value i).
Local Notation p := (make_problem o i).
Local Notation good := (good value i eta).
Local Notation sound := (sound value i eta).

Let alpha_nonzero : alpha_value <> 0 := alpha_ne0 value i i_formed.
Let d_pos : (0 < d)%nat := d_gt0 value i i_formed.

Lemma rank_eqb r : has_rank value i (N.to_nat r) ->
  N.eqb r (count_d i) = true -> has_rank value i d.
Proof.
intros rank_r r_eq; apply N.eqb_eq in r_eq; subst r.
rewrite (count_d_size i) in rank_r; exact rank_r.
Qed.

Lemma unit_norm norm : proper norm -> feq o norm (fone o) = true ->
  fraction norm = 1.
Proof.
intros norm_proper norm_eq.
apply (feq_value o value o_exact) in norm_eq;
  [| exact norm_proper | apply (proper_of_int o value o_exact)].
rewrite norm_eq; apply (fraction_fone o value o_exact).
Qed.

(** * error-identity *)

Lemma error_identity_sound premises :
  Forall good premises -> sound (Rules.error_identity o i premises).
Proof.
intros all_good; unfold Rules.error_identity; take_premises.
apply sound_require; intros _.
apply sound_require; intros start_zero; apply sound_proved.
rewrite !Forall_cons_iff in all_good.
destruct all_good as (_ & (task_meaning & _) & _).
split; [| exact Logic.I].
apply (error_identity_meaning value i eta alpha_nonzero
  (starts_at_zero_value o value o_exact i start_zero) _ _ task_meaning).
Qed.

(** * tight-bound *)

Lemma tight_bound_proved e theta norm mu r sl su c :
  Forall good [e; IsRealizable theta norm; HasSmallestAtLeast mu r;
    HasSmallSteps sl su c] ->
  sound (Rules.tight_bound o i [e; IsRealizable theta norm;
    HasSmallestAtLeast mu r; HasSmallSteps sl su c]).
Proof.
rewrite !Forall_cons_iff.
intros (_ & (task_meaning & _ & _ & norm_proper) & (low & mu_proper) &
  (small & _ & _ & c_proper) & _).
unfold Rules.tight_bound.
apply sound_require; intros _.
apply sound_require; intros norm_one.
apply sound_require; intros start_zero.
apply sound_require; intros rank_r; apply sound_proved.
cbn [proper_conclusion] in *.
destruct (small_step_factor_is o value o_exact i c mu mu_proper c_proper)
  as (is_factor & proper_f).
split; [| exact proper_f].
apply (tight_bound_meaning value i eta alpha_nonzero
  (starts_at_zero_value o value o_exact i start_zero) theta norm task_meaning
  (unit_norm norm norm_proper norm_one)
  (rank_eqb r (proj2 (proj2 low)) rank_r) mu r sl su c); assumption.
Qed.

Lemma tight_bound_sound premises :
  Forall good premises -> sound (Rules.tight_bound o i premises).
Proof.
intros all_good; unfold Rules.tight_bound; take_premises.
all: exact (tight_bound_proved _ _ _ _ _ _ _ _ all_good).
Qed.

(** * theorem-4.4 *)

Lemma loops_count : N.eqb (loops i) 0 = false -> count_T i <> 0%nat.
Proof.
intros loops_ne0; apply N.eqb_neq in loops_ne0; unfold count_T; lia.
Qed.

Lemma loops_zero : N.eqb (loops i) 0 = true -> count_T i = 0%nat.
Proof.
intros loops_eq; apply N.eqb_eq in loops_eq; unfold count_T.
rewrite loops_eq; reflexivity.
Qed.

Lemma loops_positive : N.eqb (loops i) 0 = false ->
  fpositive o (of_N o (loops i)) = true.
Proof.
intros loops_ne0; apply (fpositive_value o value o_exact);
  [apply (proper_of_int o value o_exact) |].
rewrite (fraction_of_N o value o_exact).
apply lt_0_INR; assert (count_ne := loops_count loops_ne0).
unfold count_T in count_ne; lia.
Qed.

Lemma mean_exponent_value sum mu :
  proper sum -> proper mu -> N.eqb (loops i) 0 = false ->
  proper (mean_exponent o i sum mu) /\
  fraction (mean_exponent o i sum mu)
  = fraction mu * fraction sum / INR (count_T i).
Proof.
intros sum_proper mu_proper loops_ne0; unfold mean_exponent.
assert (loops_pos := loops_positive loops_ne0).
assert (T_proper : proper (of_N o (loops i)))
  by apply (proper_of_int o value o_exact).
assert (product_proper
  := proper_fmul o value o_exact sum mu sum_proper mu_proper).
split; [apply (proper_fdiv o value o_exact); assumption |].
rewrite (fraction_fdiv o value o_exact), (fraction_fmul o value o_exact),
  (fraction_of_N o value o_exact) by assumption.
unfold count_T, Rdiv; ring.
Qed.

Lemma no_exponent :
  needs_no_exponent i = true -> steps i = LambdaMax \/ count_T i = 0%nat.
Proof.
unfold needs_no_exponent; destruct (steps i) as [e | es |];
  [right | right | left; reflexivity]; apply loops_zero; assumption.
Qed.

Lemma some_exponent :
  needs_no_exponent i = false -> N.eqb (loops i) 0 = false.
Proof.
unfold needs_no_exponent; destruct (steps i) as [e | es |];
  [trivial | trivial | discriminate].
Qed.

Lemma theorem_44_proved e theta norm r mu mu' l' l a b sl su c :
  Forall good [e; IsRealizable theta norm; HasSpectrum r mu mu' l' l a b;
    HasSmallSteps sl su c] ->
  sound (Rules.theorem_44 o i [e; IsRealizable theta norm;
    HasSpectrum r mu mu' l' l a b; HasSmallSteps sl su c]).
Proof.
rewrite !Forall_cons_iff.
intros (_ & (task_meaning & _ & _ & norm_proper) &
  (spectrum & mu_proper & _ & _ & _ & a_proper & b_proper) &
  (small & sl_proper & _) & _).
unfold Rules.theorem_44.
apply sound_require; intros _.
apply sound_require; intros norm_one.
apply sound_require; intros start_zero.
apply sound_require; intros rank_r.
apply sound_require; intros exponent; apply sound_proved.
split; [| split; assumption].
apply (theorem_4_4_meaning value i eta eta_steps alpha_nonzero
  (starts_at_zero_value o value o_exact i start_zero) theta norm task_meaning
  (unit_norm norm norm_proper norm_one)
  (rank_eqb r (proj1 spectrum) rank_r)
    r mu mu' l' l a b sl su c spectrum small).
assert (a_ge1 : 1 <= fraction a) by apply spectrum.
assert (mu_gt0 : 0 < fraction mu).
{ destruct spectrum as (_ & (lmax & lmin & _ & _ & (mu_gt0 & _) & _) & _).
  exact mu_gt0. }
assert (sl_ge0 : 0 <= fraction sl) by apply small.
destruct (needs_no_exponent i) eqn:needed.
- destruct (no_exponent needed) as [literal | no_loop]; [left; exact literal |].
  right; rewrite no_loop; simpl; unfold Rdiv; rewrite Rmult_0_l.
  apply Rmult_le_pos; lra.
- right; assert (loops_ne0 := some_exponent needed).
  destruct (mean_exponent_value sl mu sl_proper mu_proper loops_ne0)
    as (mean_proper & mean_eq).
  assert (two_proper : proper (ftwo o))
    by apply (proper_of_int o value o_exact).
  assert (one_proper : proper (fone o))
    by apply (proper_of_int o value o_exact).
  assert (twice_proper := proper_fmul o value o_exact _ _ two_proper a_proper).
  assert (all_proper := proper_fmul o value o_exact _ _ twice_proper
    mean_proper).
  apply (fle_value o value o_exact) in exponent; try assumption.
  rewrite !(fraction_fmul o value o_exact), (fraction_fone o value o_exact),
    (fraction_ftwo o value o_exact), mean_eq in exponent by assumption.
  assert (T_pos : 0 < INR (count_T i))
    by (apply lt_0_INR; assert (T_ne := loops_count loops_ne0); lia).
  apply (Rmult_le_reg_l (2 * fraction a / INR (count_T i))).
  + apply Rdiv_lt_0_compat; lra.
  + replace (2 * fraction a / INR (count_T i)
      * (INR (count_T i) / (2 * fraction a))) with 1 by (field; lra).
    apply Rle_trans with (1 := exponent); right; field; lra.
Qed.

Lemma theorem_44_sound premises :
  Forall good premises -> sound (Rules.theorem_44 o i premises).
Proof.
intros all_good; unfold Rules.theorem_44; take_premises.
all: exact (theorem_44_proved _ _ _ _ _ _ _ _ _ _ _ _ _ all_good).
Qed.

(** * doubled-exponent *)

Lemma doubled_exponent_proved e theta norm r mu mu' l' l a b sl su c :
  Forall good [e; IsRealizable theta norm; HasSpectrum r mu mu' l' l a b;
    HasSmallSteps sl su c] ->
  sound (Rules.doubled_exponent o i [e; IsRealizable theta norm;
    HasSpectrum r mu mu' l' l a b; HasSmallSteps sl su c]).
Proof.
rewrite !Forall_cons_iff.
intros (_ & (task_meaning & _ & _ & norm_proper) &
  (spectrum & mu_proper & _ & _ & _ & a_proper & b_proper) &
  (small & sl_proper & _) & _).
unfold Rules.doubled_exponent.
apply sound_require; intros _.
apply sound_require; intros norm_one.
apply sound_require; intros start_zero.
apply sound_require; intros rank_r.
cbv zeta; apply sound_require; intros exponent; apply sound_proved.
split; [| exact Logic.I].
apply (doubled_exponent_meaning value i eta eta_steps alpha_nonzero theta norm
  r mu mu' l' l a b sl su c
  (starts_at_zero_value o value o_exact i start_zero) d_pos task_meaning
  (unit_norm norm norm_proper norm_one)
  (rank_eqb r (proj1 spectrum) rank_r) spectrum small).
destruct (needs_no_exponent i) eqn:needed.
- destruct (no_exponent needed) as [literal | no_loop]; [left; exact literal |].
  right; left; exact no_loop.
- right; right; cbv zeta; assert (loops_ne0 := some_exponent needed).
  destruct (mean_exponent_value sl mu sl_proper mu_proper loops_ne0)
    as (mean_proper & mean_eq).
  assert (two_proper : proper (ftwo o))
    by apply (proper_of_int o value o_exact).
  assert (two_pos : fpositive o (ftwo o) = true).
  { apply (fpositive_value o value o_exact _ two_proper).
    rewrite (fraction_ftwo o value o_exact); lra. }
  assert (one_proper : proper (fone o))
    by apply (proper_of_int o value o_exact).
  set (x := mean_exponent o i sl mu) in *.
  assert (square_proper := proper_fmul o value o_exact x x mean_proper
    mean_proper).
  assert (half_proper := proper_fdiv o value o_exact _ _ square_proper two_pos).
  assert (sum_proper := proper_fadd o value o_exact _ _ mean_proper
    half_proper).
  assert (all_proper := proper_fmul o value o_exact _ _ a_proper sum_proper).
  apply (fle_value o value o_exact) in exponent; try assumption.
  rewrite (fraction_fone o value o_exact), (fraction_fmul o value o_exact),
    (fraction_fadd o value o_exact), (fraction_fdiv o value o_exact),
    (fraction_fmul o value o_exact), (fraction_ftwo o value o_exact), mean_eq
    in exponent by assumption.
  exact exponent.
Qed.

Lemma doubled_exponent_sound premises :
  Forall good premises -> sound (Rules.doubled_exponent o i premises).
Proof.
intros all_good; unfold Rules.doubled_exponent; take_premises.
all: exact (doubled_exponent_proved _ _ _ _ _ _ _ _ _ _ _ _ _ all_good).
Qed.

(** * two-sided *)

Lemma two_sided_proved e theta norm mu r sl su c :
  Forall good [e; IsRealizable theta norm; HasSmallestAtLeast mu r;
    HasSmallSteps sl su c] ->
  sound (Rules.two_sided o i p [e; IsRealizable theta norm;
    HasSmallestAtLeast mu r; HasSmallSteps sl su c]).
Proof.
rewrite !Forall_cons_iff.
intros (_ & (task_meaning & _ & _ & norm_proper) & (low & mu_proper) &
  (small & _ & su_proper & c_proper) & _).
unfold Rules.two_sided.
apply sound_require; intros _.
apply sound_require; intros norm_one.
apply sound_require; intros start_zero.
apply sound_require; intros rank_r.
cbn [proper_conclusion] in *.
apply sound_some; intros step step_eq; subst c; cbv zeta.
apply sound_proved.
assert (square_pos := square_gt0 o value o_exact i i_formed).
set (largest := if N.eqb (loops i) 0 then step
                else fdiv o su (of_N o (loops i))).
set (label_norm := Frac (Linear.label_square p) (square p)).
assert (label_proper : proper label_norm) by exact square_pos.
assert (label_eq : fraction label_norm = vdot n y y).
{ unfold label_norm, Meaning.fraction; cbn [num den].
  rewrite (label_square_value o value o_exact i i_formed).
  rewrite (value_square o value o_exact).
  assert (scale_pos := scale_gt0 value i i_formed); field; lra. }
assert (largest_proper : proper largest).
{ unfold largest; destruct (N.eqb (loops i) 0) eqn:loops_eq; [exact c_proper |].
  apply (proper_fdiv o value o_exact); [exact su_proper |].
  apply loops_positive, loops_eq. }
assert (zero_proper : proper (fzero o))
  by apply (proper_of_int o value o_exact).
destruct (proper_one_minus o value o_exact largest label_norm largest_proper
  label_proper) as (lower_proper & lower_eq).
destruct (proper_one_minus o value o_exact step mu c_proper mu_proper)
  as (upper_proper & upper_eq).
split; [| split; [apply proper_fmax; assumption | exact upper_proper]].
apply (two_sided_meaning value i eta eta_steps alpha_nonzero theta norm mu r
  sl su step _ _ (starts_at_zero_value o value o_exact i start_zero) d_pos
  task_meaning (unit_norm norm norm_proper norm_one)
  (rank_eqb r (proj2 (proj2 low)) rank_r) low small); [| exact upper_eq].
intros T_ne; rewrite (fraction_fmax o value o_exact) by assumption.
rewrite lower_eq, label_eq, (fraction_fzero o value o_exact), Rmax_comm.
f_equal; f_equal; f_equal; unfold largest.
destruct (N.eqb (loops i) 0) eqn:loops_eq.
- contradiction (T_ne (loops_zero loops_eq)).
- rewrite (fraction_fdiv o value o_exact), (fraction_of_N o value o_exact);
    [reflexivity | exact su_proper | apply (proper_of_int o value o_exact) |].
  apply loops_positive, loops_eq.
Qed.

Lemma two_sided_sound premises :
  Forall good premises -> sound (Rules.two_sided o i p premises).
Proof.
intros all_good; unfold Rules.two_sided; take_premises.
all: exact (two_sided_proved _ _ _ _ _ _ _ _ all_good).
Qed.

(** * general-labels *)

(** theta(0) *)
Lemma first_value :
  Forall proper (first o i) /\ length (first o i) = d /\
  forall k, entries (first o i) k
            = first_iterate (start_q value i) alpha_value k.
Proof.
assert (alpha_prop := alpha_proper value i i_formed).
assert (inverse_proper
  := proper_finv o value o_exact _ alpha_prop alpha_nonzero).
assert (factor_eq : fraction (fneg o (finv o (alpha i))) = - / alpha_value).
{ rewrite (fraction_fneg o value o_exact) by exact inverse_proper.
  rewrite (fraction_finv o value o_exact); trivial. }
assert (all_proper := start_proper value i i_formed).
unfold first, first_iterate, start_q, Meaning.entries.
set (factor := fneg o (finv o (alpha i))) in *.
split; [| split; [apply map_length |]].
- apply Forall_forall; intros x x_in; apply in_map_iff in x_in.
  destruct x_in as (z & x_eq & z_in); subst x.
  rewrite Forall_forall in all_proper.
  apply (proper_reduce o value o_exact), (proper_fmul o value o_exact);
    [apply all_proper, z_in | exact inverse_proper].
- induction (start i) as [| x l IHl]; intros k.
  + destruct k; simpl; unfold Rdiv; ring.
  + inversion all_proper as [| x' l' x_proper rest_proper]; subst.
    destruct k as [| k]; [| apply (IHl rest_proper)].
    simpl; rewrite (fraction_reduce o value o_exact).
    rewrite (fraction_fmul o value o_exact), factor_eq;
      [unfold Rdiv; ring | exact x_proper | exact inverse_proper].
Qed.

Lemma difference_value u : forall v,
  Forall proper u -> Forall proper v -> length u = length v ->
  Forall proper (difference o u v) /\
  length (difference o u v) = length u /\
  forall k, entries (difference o u v) k = entries u k - entries v k.
Proof.
induction u as [| x u IHu]; intros [| z v] u_proper v_proper lengths;
  try discriminate.
- simpl; repeat split; [constructor |]; intros k; rewrite entries_nil; ring.
- inversion u_proper as [| x' u' x_proper rest_u]; subst.
  inversion v_proper as [| z' v' z_proper rest_v]; subst.
  simpl in lengths; injection lengths as lengths.
  destruct (IHu v rest_u rest_v lengths)
    as (rest_proper & rest_length & rest_eq).
  cbn [difference]; split; [| split].
  + constructor; [| exact rest_proper].
    apply (proper_reduce o value o_exact), (proper_fsub o value o_exact);
      assumption.
  + simpl; rewrite rest_length; reflexivity.
  + intros [| k]; [| apply rest_eq].
    change (fraction (reduce o (fsub o x z)) = fraction x - fraction z).
    rewrite (fraction_reduce o value o_exact).
    apply (fraction_fsub o value o_exact); assumption.
Qed.

(** |u - v|^2 *)
Lemma distance_square u v s :
  Forall proper u -> Forall proper v -> length u = d -> length v = d ->
  Rules.norm_square o bounds (difference o u v) = Some s ->
  proper s /\
  fraction s = vdot d (vsub (entries u) (entries v))
                      (vsub (entries u) (entries v)).
Proof.
intros u_proper v_proper u_length v_length; unfold Rules.norm_square.
destruct (difference_value u v u_proper v_proper ltac:(lia))
  as (w_proper & w_length & w_eq).
destruct (over_common o (cap bounds) (difference o u v)) as [[w common] |]
  eqn:over; [| discriminate].
intros s_eq; injection s_eq as s_eq; subst s.
destruct (norm_square_value o value o_exact i (cap bounds) _ w common w_proper
  ltac:(lia) over) as (s_proper & s_value).
split; [exact s_proper |]; rewrite s_value.
apply dot_ext; intros k _; unfold vsub; apply w_eq.
Qed.

Lemma general_labels_proved e theta norm res r small f :
  Forall good [e; HasLeastSquares theta norm res r; Contracts small f] ->
  sound (Rules.general_labels o bounds i
    [e; HasLeastSquares theta norm res r; Contracts small f]).
Proof.
rewrite !Forall_cons_iff.
intros (_ & (solution & theta_length & theta_proper & norm_proper & _) &
  (contracts & f_proper) & _).
unfold Rules.general_labels.
apply sound_require; intros _.
apply sound_some; intros distance distance_eq; apply sound_proved.
destruct first_value as (first_proper & first_length & first_eq).
destruct (distance_square _ _ _ first_proper theta_proper first_length
  theta_length distance_eq) as (distance_proper & distance_value).
assert (alpha_prop := alpha_proper value i i_formed).
assert (alpha_square := proper_fmul o value o_exact _ _ alpha_prop alpha_prop).
assert (scaled_proper := proper_fmul o value o_exact _ _ alpha_square
  norm_proper).
split.
- apply (general_labels_meaning value i eta alpha_nonzero theta norm res r
    small f _ solution contracts).
  rewrite !(fraction_fmul o value o_exact), distance_value by assumption.
  unfold query; f_equal; apply dot_ext; intros k _; unfold vsub;
    rewrite first_eq; reflexivity.
- split; [| exact f_proper].
  apply (proper_fmul o value o_exact); assumption.
Qed.

Lemma general_labels_sound premises :
  Forall good premises -> sound (Rules.general_labels o bounds i premises).
Proof.
intros all_good; unfold Rules.general_labels; take_premises.
exact (general_labels_proved _ _ _ _ _ _ _ all_good).
Qed.

(** * limit-error *)

Lemma limit_error_proved e tt norm res r theta own small f :
  Forall good [e; HasLeastSquares tt norm res r; IsRealizable theta own;
    Contracts small f] ->
  sound (Rules.limit_error o i [e; HasLeastSquares tt norm res r;
    IsRealizable theta own; Contracts small f]).
Proof.
rewrite !Forall_cons_iff.
intros (_ & (solution & _ & _ & norm_proper & _) &
  (task_meaning & _ & _ & own_proper) & (contracts & f_proper) & _).
unfold Rules.limit_error.
apply sound_require; intros _.
apply sound_require; intros start_zero.
apply sound_require; intros _; apply sound_proved.
assert (alpha_prop := alpha_proper value i i_formed).
assert (abs_proper : proper (fabs o (alpha i))) by exact alpha_prop.
assert (difference_proper := proper_fsub o value o_exact _ _ own_proper
  norm_proper).
assert (alpha_square := proper_fmul o value o_exact _ _ alpha_prop alpha_prop).
assert (norm_proper2
  := proper_fmul o value o_exact _ _ norm_proper norm_proper).
split.
- apply (limit_error_meaning value i eta alpha_nonzero theta own tt norm res r
    small f _ _ (starts_at_zero_value o value o_exact i start_zero)
    task_meaning solution contracts).
  + rewrite (fraction_fmul o value o_exact), (fraction_fabs o value o_exact),
      (fraction_fsub o value o_exact) by assumption; reflexivity.
  + rewrite !(fraction_fmul o value o_exact) by assumption; reflexivity.
- repeat split; try exact f_proper; apply (proper_fmul o value o_exact);
    assumption.
Qed.

Lemma limit_error_sound premises :
  Forall good premises -> sound (Rules.limit_error o i premises).
Proof.
intros all_good; unfold Rules.limit_error; take_premises.
exact (limit_error_proved _ _ _ _ _ _ _ _ _ all_good).
Qed.

(** * noise *)

Lemma noise_proved e mu r sl su c :
  Forall good [e; HasSmallestAtLeast mu r; HasSmallSteps sl su c] ->
  sound (Rules.noise o bounds i p
    [e; HasSmallestAtLeast mu r; HasSmallSteps sl su c]).
Proof.
rewrite !Forall_cons_iff.
intros (_ & (low & mu_proper) & (small & _ & su_proper & c_proper) & _).
unfold Rules.noise.
apply sound_require; intros _.
apply sound_require; intros rank_r.
apply sound_require; intros start_zero.
apply sound_some; intros own task_eq.
apply sound_require; intros mu_pos.
destruct (over_common o (cap bounds) own) as [[u common] |] eqn:over;
  [| apply sound_refused].
cbv zeta; apply sound_proved.
cbn [proper_conclusion] in *.
assert (own_formed := task_proper value i i_formed).
rewrite task_eq in own_formed.
destruct own_formed as (own_length & own_proper).
destruct (norm_square_value o value o_exact i _ _ _ _ own_proper own_length
  over)
  as (norm_proper & norm_eq).
destruct (misfit_residual o value o_exact i i_formed _ _ _ _ own_proper
  own_length
  over) as (common_gt0 & misfit_eq).
assert (square_pos := square_gt0 o value o_exact i i_formed).
set (norm := reduce o (Frac (Arithmetic.dot o u u) (mul o common common))) in *.
set (residual_square := reduce o (Frac (misfit o p u common)
  (mul o (mul o common common) (square p)))).
assert (den_gt0 : 0 < value (mul o (mul o common common) (square p))).
{ rewrite !(value_mul o value o_exact); apply Rmult_lt_0_compat;
    [apply Rmult_lt_0_compat; assumption | exact square_pos]. }
assert (residual_proper : proper residual_square)
  by (apply (proper_reduce o value o_exact); exact den_gt0).
assert (residual_eq : fraction residual_square
  = vdot n (residual d X y (entries own)) (residual d X y (entries own))).
{ unfold residual_square; rewrite (fraction_reduce o value o_exact).
  unfold Meaning.fraction; cbn [num den].
  rewrite misfit_eq, !(value_mul o value o_exact); field; lra. }
assert (one_proper : proper (fone o)) by apply (proper_of_int o value o_exact).
assert (inverse_proper := proper_fdiv o value o_exact _ _ one_proper mu_pos).
assert (min_proper := proper_fmin o value _ _ inverse_proper su_proper).
assert (product_proper := proper_fmul o value o_exact _ _ norm_proper
  residual_proper).
destruct (small_step_factor_is o value o_exact i c mu mu_proper c_proper)
  as (is_factor & proper_f).
split.
- apply (noise_meaning value i eta alpha_nonzero own mu r sl su c _ norm _
    task_eq (starts_at_zero_value o value o_exact i start_zero) d_pos
    (rank_eqb r (proj2 (proj2 low)) rank_r) low small is_factor norm_eq).
  rewrite !(fraction_fmul o value o_exact), (fraction_fmin o value o_exact),
    (fraction_fdiv o value o_exact), (fraction_fone o value o_exact),
    residual_eq by assumption; reflexivity.
- repeat split; try assumption; apply (proper_fmul o value o_exact); assumption.
Qed.

Lemma noise_sound premises :
  Forall good premises -> sound (Rules.noise o bounds i p premises).
Proof.
intros all_good; unfold Rules.noise; take_premises.
all: exact (noise_proved _ _ _ _ _ _ all_good).
Qed.

End Rules.
