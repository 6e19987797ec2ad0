(** Soundness of the rules about steps and contraction: small-steps,
    contraction-small-steps, contraction-constant, non-contraction-constant. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Import Vectors Model Forms Descent.
From Loopcert Require Spectrum.
From Loopcert Require Import Certificate Meaning Reflect.
From Loopcert Require Import Arithmetic Linear Rules.
From Loopcert Require Import Exactness Triangles SoundProblem SoundSpectrum.

Import ListNotations.

Local Open Scope R_scope.

(** p_T(G) depends on the steps only. *)
Lemma descent_operator_steps n d X eta eps t v :
  (forall k, (k < t)%nat -> eta k = eps k) ->
  descent_operator n d eta X t v = descent_operator n d eps X t v.
Proof.
induction t as [| t IHt]; intros steps_eq; [reflexivity |].
simpl; rewrite IHt by (intros k k_lt; apply steps_eq; lia).
rewrite (steps_eq t) by lia; reflexivity.
Qed.

Section Contraction.

Context {I : Type} (value : I -> R) (i : instance I) (eta : nat -> R).

Hypothesis eta_steps : schedule_of value i eta.

Local Notation fraction := (fraction value).
Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation y := (labels_y value i).
Local Notation T := (count_T i).

Lemma smooth_weaken L M : smooth n d X L -> L <= M -> smooth n d X M.
Proof.
intros smooth_L L_le v; apply Rle_trans with (1 := smooth_L v).
apply Rmult_le_compat_r; [apply dot_ge0 | exact L_le].
Qed.

Lemma smooth_inverse L e :
  smooth n d X L -> 0 < e -> e * L <= 1 -> smooth n d X (/ e).
Proof.
intros smooth_L e_gt0 product_le; apply (smooth_weaken L); [exact smooth_L |].
apply (Rmult_le_reg_l e); [exact e_gt0 |].
rewrite Rinv_r by lra; exact product_le.
Qed.

Lemma small_steps_constant L e sl su c :
  steps i = Constant e -> smooth n d X L ->
  0 < fraction e -> fraction e * L <= 1 ->
  fraction sl = INR T * fraction e -> fraction su = INR T * fraction e ->
  fraction c = fraction e ->
  meaning value i eta (HasSmallSteps sl su (Some c)).
Proof.
intros step_eq smooth_L e_gt0 product_le sl_eq su_eq c_eq.
assert (eta_eq : forall t, eta t = fraction e).
{ revert eta_steps; unfold schedule_of; rewrite step_eq; trivial. }
assert (sum_eq : sum T eta = INR T * fraction e).
{ apply sum_constant, eta_eq. }
assert (T_ge0 := pos_INR T).
simpl; rewrite sl_eq, su_eq, c_eq, sum_eq; repeat split; try lra.
- rewrite eta_eq; exact e_gt0.
- rewrite eta_eq; apply (smooth_inverse L); assumption.
- apply Rmult_le_pos; lra.
- unfold constant_step; rewrite step_eq; trivial.
- intros t; rewrite eta_eq; lra.
- rewrite step_eq; exact eta_eq.
Qed.

Lemma small_steps_schedule L es sl su :
  steps i = Schedule es -> smooth n d X L -> length es = T ->
  (forall e, In e es -> 0 < fraction e /\ fraction e * L <= 1) ->
  fraction sl = sum T (entries value es) ->
  fraction su = sum T (entries value es) ->
  meaning value i eta (HasSmallSteps sl su None).
Proof.
intros step_eq smooth_L length_eq small sl_eq su_eq.
assert (eta_eq : forall t, (t < T)%nat -> eta t = entries value es t).
{ revert eta_steps; unfold schedule_of; rewrite step_eq, length_eq; trivial. }
assert (small_t : forall t, (t < T)%nat ->
  0 < eta t /\ smooth n d X (/ eta t)).
{ intros t t_lt.
  assert (in_es : exists e, In e es /\ entries value es t = fraction e).
  { exists (nth t es (alpha i)); split; [apply nth_In; lia |].
    unfold entries; rewrite (nth_indep _ _ (fraction (alpha i)))
      by (rewrite map_length; lia); apply map_nth. }
  destruct in_es as (e & in_es & entry_eq); rewrite eta_eq, entry_eq by lia.
  destruct (small e in_es); split; [assumption |].
  apply (smooth_inverse L); assumption. }
simpl; rewrite sl_eq, su_eq.
rewrite <- (sum_ext T eta (entries value es)) by exact eta_eq.
split; [| split; [split |]; [| | split]; try lra; trivial].
- intros t [t_eq | constant]; [subst t; exact small_t |].
  unfold constant_step in constant; rewrite step_eq in constant; contradiction.
- apply sum_ge0; intros t t_lt; left; apply small_t, t_lt.
Qed.

Lemma small_steps_literal L c sl su cc :
  steps i = LambdaMax -> smooth n d X (fraction L) ->
  meaning value i eta (HasLambdaMaxAtLeast c) ->
  fraction sl = INR T * / fraction L -> fraction su = INR T / fraction c ->
  fraction cc = / fraction L ->
  meaning value i eta (HasSmallSteps sl su (Some cc)).
Proof.
intros step_eq smooth_L (c_gt0 & c_le) sl_eq su_eq cc_eq.
assert (lambda_ex : exists l, lambda_max n d X l /\ forall t, eta t = / l).
{ revert eta_steps; unfold schedule_of; rewrite step_eq; trivial. }
destruct lambda_ex as (l & lambda_l & eta_eq).
assert (c_le_l := c_le l lambda_l).
destruct lambda_l as (smooth_l & l_least).
assert (l_le_L := l_least _ smooth_L).
assert (sum_eq : sum T eta = INR T * / l).
{ apply sum_constant, eta_eq. }
assert (T_ge0 := pos_INR T).
assert (inverse_L : / fraction L <= / l) by (apply Rinv_le_contravar; lra).
assert (inverse_c : / l <= / fraction c) by (apply Rinv_le_contravar; lra).
assert (l_inverse : 0 < / l) by (apply Rinv_0_lt_compat; lra).
assert (L_inverse : 0 < / fraction L) by (apply Rinv_0_lt_compat; lra).
simpl; rewrite sl_eq, su_eq, cc_eq, sum_eq; repeat split.
- rewrite eta_eq; exact l_inverse.
- rewrite eta_eq, Rinv_inv; exact smooth_l.
- apply Rmult_le_pos; lra.
- apply Rmult_le_compat_l; lra.
- apply Rmult_le_compat_l; lra.
- unfold constant_step; rewrite step_eq; trivial.
- exact L_inverse.
- intros t; rewrite eta_eq; exact inverse_L.
- rewrite step_eq; exact Logic.I.
Qed.

(** * Contraction *)

(** f = prod (1 - eta_t mu) for small steps *)
Lemma small_steps_contraction b r sl su c t :
  meaning value i eta (HasSmallestAtLeast b r) ->
  meaning value i eta (HasSmallSteps sl su c) -> admits i t ->
  contraction n d eta X t (prod t (fun k => 1 - eta k * fraction b)).
Proof.
intros (_ & convex & _) (small & _ & _) admitted.
apply contraction_prod; intros k k_lt v v_rows.
destruct (small t admitted k k_lt) as (eta_gt0 & smooth_eta).
apply (step_small n d X (/ eta k)); try assumption; [lra |].
rewrite Rinv_r by lra; lra.
Qed.

(** f = (1 - c mu)^T for c <= eta_t *)
Lemma small_steps_power b r sl su c t :
  meaning value i eta (HasSmallestAtLeast b r) ->
  meaning value i eta (HasSmallSteps sl su (Some c)) ->
  contraction n d eta X t ((1 - fraction c * fraction b) ^ t).
Proof.
intros (b_gt0 & convex & rank_r)
  (small & _ & _ & constant & c_gt0 & c_le & _).
rewrite <- prod_constant.
apply contraction_prod; intros k k_lt v v_rows.
destruct (small t (or_intror constant) k k_lt) as (eta_gt0 & smooth_eta).
apply Rle_trans with ((1 - eta k * fraction b) * norm d v).
- apply (step_small n d X (/ eta k)); try assumption; [lra |].
  rewrite Rinv_r by lra; lra.
- apply Rmult_le_compat_r; [apply norm_ge0 |].
  assert (Rmult_le := Rmult_le_compat_r (fraction b) _ _
    (Rlt_le _ _ b_gt0) (c_le k)); lra.
Qed.

(** f of [contraction-small-steps] *)
Definition is_small_step_factor (b : frac I) (c : option (frac I))
    (f : factor I) : Prop :=
  match c, f with
  | Some e, Power base k =>
      fraction base = 1 - fraction e * fraction b /\ k = loops i
  | None, Product mu => mu = b
  | _, _ => False
  end.

Lemma small_step_factor_contraction b r sl su c f t :
  meaning value i eta (HasSmallestAtLeast b r) ->
  meaning value i eta (HasSmallSteps sl su c) ->
  is_small_step_factor b c f -> known_at i t f ->
  contraction n d eta X t (factor_at value i eta t f).
Proof.
intros low small f_eq known.
destruct c as [c |], f as [base k | mu | bound]; try contradiction; simpl.
- destruct f_eq as (base_eq & _); rewrite base_eq.
  apply (small_steps_power b r sl su); assumption.
- simpl in known, f_eq; subst t mu.
  apply (small_steps_contraction b r sl su None); try assumption.
  left; reflexivity.
Qed.

Lemma contracts_small_steps b r sl su c f :
  meaning value i eta (HasSmallestAtLeast b r) ->
  meaning value i eta (HasSmallSteps sl su c) ->
  is_small_step_factor b c f ->
  meaning value i eta (Contracts true f).
Proof.
intros low small f_eq; split.
- intros t known v v_rows.
  apply (small_step_factor_contraction b r sl su c f t); assumption.
- destruct c as [c |], f as [base k | mu | bound]; try contradiction; trivial.
  simpl in f_eq; subst mu; intros t t_lt v v_rows.
  destruct low as (_ & convex & _), small as (small & _ & _).
  destruct (small T (or_introl eq_refl) t t_lt) as (eta_gt0 & smooth_eta).
  rewrite (norm_ext d _ _ (fun k _ => descent_operator_step n d X eta t v k)).
  apply (step_small n d X (/ eta t)); try assumption; [lra | |].
  + rewrite Rinv_r by lra; lra.
  + apply row_space_descent_operator, v_rows.
Qed.

Lemma contracts_constant e b r L rho k :
  steps i = Constant e ->
  meaning value i eta (HasSmallestAtLeast b r) ->
  meaning value i eta (HasLambdaMaxAtMost L) ->
  Rabs (1 - fraction e * fraction b) <= fraction rho ->
  Rabs (1 - fraction e * fraction L) <= fraction rho ->
  meaning value i eta (Contracts false (Power rho k)).
Proof.
intros step_eq (_ & convex & _) smooth_L low_le high_le.
split; [| exact Logic.I]; intros t _ v v_rows.
assert (eta_eq : forall t, eta t = fraction e).
{ revert eta_steps; unfold schedule_of; rewrite step_eq; trivial. }
simpl; rewrite <- prod_constant.
apply contraction_prod; [| exact v_rows]; intros s _ w w_rows.
apply Rle_trans with
  (step_factor (fraction b) (fraction L) (eta s) * norm d w).
- apply step_any; assumption.
- apply Rmult_le_compat_r; [apply norm_ge0 |].
  unfold step_factor; rewrite eta_eq; apply Rmax_lub; assumption.
Qed.

End Contraction.

(** * The rules *)

Section Rules.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).
Context (bounds : limits) (i : instance I) (eta : nat -> R).

Hypothesis i_formed : well_formed value i.
Hypothesis eta_steps : schedule_of value i eta.

Local Notation fraction := (fraction value).
Local Notation proper := (proper value).
Local Notation reals := (reals value).
Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation p := (make_problem o i).
Local Notation good := (good value i eta).
Local Notation sound := (sound value i eta).

(** * small-steps *)

Lemma small_value l e : proper l -> proper e ->
  Rules.small o l e = true <->
  0 < fraction e /\ fraction e * fraction l <= 1.
Proof.
intros l_proper e_proper; unfold Rules.small.
assert (one_proper : proper (fone o)) by apply (proper_of_int o value o_exact).
assert (product_proper : proper (fmul o e l))
  by (apply (proper_fmul o value o_exact); assumption).
destruct (fpositive o e) eqn:e_positive.
- apply (fpositive_value o value o_exact) in e_positive; [| exact e_proper].
  rewrite (fle_value o value o_exact) by assumption.
  rewrite (fraction_fmul o value o_exact), (fraction_fone o value o_exact)
    by assumption.
  split; [intros le; split; assumption | intros (_ & le); exact le].
- apply (fpositive_false o value o_exact) in e_positive; [| exact e_proper].
  split; [discriminate | intros (e_gt0 & _); lra].
Qed.

Lemma small_steps_literal_proved l' l :
  steps i = LambdaMax ->
  Forall good [HasLambdaMaxAtLeast l'; HasLambdaMaxAtMost l] ->
  fpositive o l' = true -> fpositive o l = true ->
  good (HasSmallSteps (fdiv o (of_N o (loops i)) l)
    (fdiv o (of_N o (loops i)) l') (Some (fdiv o (fone o) l))).
Proof.
intros step_eq; rewrite !Forall_cons_iff.
intros ((high & l'_proper) & (smooth_l & l_proper) & _) l'_pos l_pos.
cbn [proper_conclusion] in *.
assert (one_proper : proper (fone o)) by apply (proper_of_int o value o_exact).
assert (T_proper : proper (of_N o (loops i)))
  by apply (proper_of_int o value o_exact).
split.
- apply (small_steps_literal value i eta eta_steps l l'); trivial;
    rewrite (fraction_fdiv o value o_exact) by assumption;
    rewrite ?(fraction_of_N o value o_exact), ?(fraction_fone o value o_exact);
    try reflexivity.
  unfold Rdiv; ring.
- cbn [proper_conclusion].
  repeat split; apply (proper_fdiv o value o_exact); assumption.
Qed.

Lemma small_steps_sound premises :
  Forall good premises -> sound (Rules.small_steps o bounds i premises).
Proof.
intros all_good; unfold Rules.small_steps.
assert (formed_steps := steps_proper value i i_formed).
assert (T_proper : proper (of_N o (loops i)))
  by apply (proper_of_int o value o_exact).
destruct (steps i) as [e | es |] eqn:step_eq; take_premises.
- apply sound_require; intros small_e; apply sound_proved.
  rewrite Forall_cons_iff in all_good.
  destruct all_good as ((smooth_l & l_proper) & _).
  cbn [proper_conclusion] in *.
  apply small_value in small_e; [| assumption | assumption].
  destruct small_e as (e_gt0 & product_le); split.
  + apply (small_steps_constant value i eta eta_steps _ e _ _ _ step_eq
      smooth_l e_gt0 product_le);
      rewrite ?(fraction_fmul o value o_exact), ?(fraction_of_N o value o_exact)
        by assumption; reflexivity.
  + cbn [proper_conclusion].
    repeat split; try assumption; apply (proper_fmul o value o_exact);
      assumption.
- apply sound_require; intros small_es.
  apply sound_some; intros total total_eq; apply sound_proved.
  rewrite Forall_cons_iff in all_good.
  destruct all_good as ((smooth_l & l_proper) & _).
  cbn [proper_conclusion] in *.
  destruct formed_steps as (es_proper & es_length).
  destruct (fsum_value o value o_exact _ es total es_proper total_eq)
    as (total_proper & total_value).
  rewrite es_length in total_value; split.
  + apply (small_steps_schedule value i eta eta_steps _ es _ _ step_eq smooth_l
      es_length); try exact total_value.
    intros e e_in; rewrite all_forall in small_es.
    rewrite Forall_forall in es_proper.
    apply small_value; [exact l_proper | apply es_proper, e_in |].
    apply small_es, e_in.
  + cbn [proper_conclusion]; repeat split; exact total_proper.
- apply sound_require; intros l'_pos.
  apply sound_require; intros l_pos; apply sound_proved.
  apply small_steps_literal_proved; assumption.
Qed.

(** * contraction-small-steps *)

Lemma proper_one_minus x z : proper x -> proper z ->
  proper (one_minus o x z) /\
  fraction (one_minus o x z) = 1 - fraction x * fraction z.
Proof.
intros x_proper z_proper; unfold one_minus.
assert (one_proper : proper (fone o)) by apply (proper_of_int o value o_exact).
assert (product_proper := proper_fmul o value o_exact x z x_proper z_proper).
split; [apply (proper_fsub o value o_exact); assumption |].
rewrite (fraction_fsub o value o_exact), (fraction_fone o value o_exact),
  (fraction_fmul o value o_exact) by assumption; reflexivity.
Qed.

Lemma small_step_factor_is c mu :
  proper mu -> match c with Some e => proper e | None => True end ->
  is_small_step_factor value i mu c (Rules.small_step_factor o i c mu) /\
  proper_factor value (Rules.small_step_factor o i c mu).
Proof.
intros mu_proper c_proper; destruct c as [c |]; simpl.
- destruct (proper_one_minus c mu c_proper mu_proper) as (base & base_eq).
  split; [split; [exact base_eq | reflexivity] | exact base].
- split; [reflexivity | exact mu_proper].
Qed.

Lemma contraction_small_steps_proved mu r sl su c :
  Forall good [HasSmallestAtLeast mu r; HasSmallSteps sl su c] ->
  good (Contracts true (Rules.small_step_factor o i c mu)).
Proof.
rewrite !Forall_cons_iff.
intros ((low & mu_proper) & (small & small_proper) & _).
cbn [proper_conclusion] in *; destruct small_proper as (_ & _ & c_proper).
destruct (small_step_factor_is c mu mu_proper c_proper)
  as (is_factor & proper_f).
split; [| exact proper_f].
apply (contracts_small_steps value i eta mu r sl su c); assumption.
Qed.

Lemma contraction_small_steps_sound premises :
  Forall good premises ->
  sound (Rules.contraction_small_steps o i premises).
Proof.
intros all_good; unfold Rules.contraction_small_steps; take_premises;
  apply sound_require; intros _; apply sound_proved;
  apply (contraction_small_steps_proved _ _ _ _ _ all_good).
Qed.

(** * contraction-constant *)

Lemma contraction_constant_proved e mu r l :
  steps i = Constant e ->
  Forall good [HasSmallestAtLeast mu r; HasLambdaMaxAtMost l] ->
  good (Contracts false
    (Power
       (fmax o (fabs o (one_minus o e mu)) (fabs o (one_minus o e l)))
       (loops i))).
Proof.
intros step_eq; rewrite !Forall_cons_iff.
intros ((low & mu_proper) & (high & l_proper) & _).
cbn [proper_conclusion] in *.
assert (e_proper := steps_proper value i i_formed); rewrite step_eq in e_proper.
destruct (proper_one_minus e mu e_proper mu_proper) as (mu_minus & mu_eq).
destruct (proper_one_minus e l e_proper l_proper) as (l_minus & l_eq).
assert (rho_eq : fraction
  (fmax o (fabs o (one_minus o e mu)) (fabs o (one_minus o e l)))
  = Rmax (Rabs (1 - fraction e * fraction mu))
         (Rabs (1 - fraction e * fraction l))).
{ rewrite (fraction_fmax o value o_exact), !(fraction_fabs o value o_exact)
    by assumption.
  rewrite mu_eq, l_eq; reflexivity. }
split.
- apply (contracts_constant value i eta eta_steps e mu r l); try assumption;
    rewrite rho_eq; [apply Rmax_l | apply Rmax_r].
- apply proper_fmax; assumption.
Qed.

Lemma contraction_constant_sound premises :
  Forall good premises -> sound (Rules.contraction_constant o i premises).
Proof.
intros all_good; unfold Rules.contraction_constant; take_premises.
destruct (steps i) as [e | es |] eqn:step_eq; try apply sound_refused.
apply sound_require; intros _; apply sound_proved.
apply (contraction_constant_proved e _ _ _ step_eq all_good).
Qed.

(** * non-contraction-constant *)

Lemma non_contraction_constant_proved e r u :
  steps i = Constant e -> proper r ->
  ~ veq d u vzero -> 0 < fraction r ->
  fraction r * Vectors.dot d u u <= energy n d X u ->
  fraction e <= 0 \/ 2 <= fraction e * fraction r ->
  good (NotContracts (fabs o (one_minus o e r)) true).
Proof.
intros step_eq r_proper u_ne0 r_gt0 rayleigh_ge large.
assert (e_proper := steps_proper value i i_formed); rewrite step_eq in e_proper.
assert (eta_eq : forall t, eta t = fraction e).
{ revert eta_steps; unfold schedule_of; rewrite step_eq; trivial. }
destruct (proper_one_minus e r e_proper r_proper) as (minus_proper & minus_eq).
split; [| exact minus_proper].
assert (gain_eq : fraction (fabs o (one_minus o e r))
  = Rabs (1 - fraction e * fraction r)).
{ rewrite (fraction_fabs o value o_exact) by exact minus_proper.
  rewrite minus_eq; reflexivity. }
destruct (Spectrum.lambda_max_exists n d X (d_gt0 value i i_formed))
  as (l & is_max).
assert (r_le := Spectrum.lambda_max_at_least n d X (fraction r) u l u_ne0
  rayleigh_ge is_max).
assert (gain_le : Rabs (1 - fraction e * fraction r)
                  <= Rabs (1 - fraction e * l)).
{ destruct large as [e_le0 | product_ge].
  - rewrite !Rabs_right; nra.
  - assert (e_gt0 : 0 < fraction e) by nra.
    rewrite !Rabs_left1; nra. }
simpl; rewrite gain_eq; split; [| split].
- destruct large as [e_le0 | product_ge].
  + rewrite Rabs_right; nra.
  + rewrite Rabs_left1; nra.
- exists l; split; [left; exact is_max |].
  intros t; rewrite eta_eq; exact gain_le.
- destruct (Spectrum.non_contraction_constant n d (fraction e) X u (fraction r)
    u_ne0 r_gt0 rayleigh_ge large) as (v & v_rows & v_unit & grows).
  exists v; split; [exact v_rows |]; split; [rewrite v_unit; lra |].
  intros t; rewrite (descent_operator_steps n d X eta (fun _ => fraction e) t v)
    by (intros; apply eta_eq).
  apply grows.
Qed.

Lemma non_contraction_constant_sound v premises :
  sound (Rules.non_contraction_constant o i p v premises).
Proof.
unfold Rules.non_contraction_constant.
apply sound_require; intros _.
destruct (steps i) as [e | es |] eqn:step_eq; try apply sound_refused.
apply sound_require; intros same; apply same_length_eq in same.
apply sound_require; intros v_ne0.
apply sound_require; intros r_pos.
apply sound_require; intros large; apply sound_proved.
assert (e_proper := steps_proper value i i_formed); rewrite step_eq in e_proper.
destruct (rayleigh_value o value o_exact i i_formed v same v_ne0)
  as (r_proper & r_eq).
apply (fpositive_value o value o_exact _ r_proper) in r_pos.
assert (two_proper : proper (ftwo o)) by apply (proper_of_int o value o_exact).
assert (product_proper := proper_fmul o value o_exact e _ e_proper r_proper).
apply (non_contraction_constant_proved e _ (reals v)); try assumption.
- apply nonzero_of_square, (positive_square o value o_exact); assumption.
- rewrite r_eq; apply Rle_refl.
- destruct (fpositive o e) eqn:e_pos.
  + right; apply (fle_value o value o_exact) in large; try assumption.
    rewrite (fraction_ftwo o value o_exact), (fraction_fmul o value o_exact)
      in large by assumption; exact large.
  + left; apply (fpositive_false o value o_exact); assumption.
Qed.

End Rules.
