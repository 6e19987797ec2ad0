(** Soundness of the rules about steps and contraction: small-steps,
    contraction-small-steps, contraction-constant, non-contraction-constant. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Import Vectors Model Forms Descent.
From Loopcert Require Import Certificate Meaning Reflect.

Local Open Scope R_scope.

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
simpl; rewrite sl_eq, su_eq, c_eq, sum_eq; repeat split; try lra.
- rewrite eta_eq; exact e_gt0.
- rewrite eta_eq; apply (smooth_inverse L); assumption.
- unfold constant_step; rewrite step_eq; trivial.
- intros t; rewrite eta_eq; lra.
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
simpl; rewrite sl_eq, su_eq.
rewrite (sum_ext T eta (entries value es)) by exact eta_eq.
repeat split; try lra;
  (match goal with admitted : admits i _ |- _ => destruct admitted as [T_eq |] end;
   [subst | unfold constant_step in *; rewrite step_eq in *; contradiction]).
all: assert (in_es : exists e, In e es /\ entries value es t = fraction e)
  by (exists (nth t es (Frac (num (alpha i)) (den (alpha i)))); split;
      [apply nth_In; lia
      | unfold entries; rewrite (nth_indep _ _ (fraction
          (Frac (num (alpha i)) (den (alpha i))))) by (rewrite map_length; lia);
        apply map_nth]);
  destruct in_es as (e & in_es & entry_eq); rewrite eta_eq, entry_eq by lia;
  destruct (small e in_es).
- assumption.
- apply (smooth_inverse L); assumption.
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
- apply Rmult_le_compat_l; lra.
- apply Rmult_le_compat_l; lra.
- unfold constant_step; rewrite step_eq; trivial.
- exact L_inverse.
- intros t; rewrite eta_eq; exact inverse_L.
Qed.

(** * Contraction *)

Lemma contraction_le t f g :
  contraction n d eta X t f -> f <= g -> contraction n d eta X t g.
Proof.
intros contracts f_le v v_rows; apply Rle_trans with (1 := contracts v v_rows).
apply Rmult_le_compat_r; [apply norm_ge0 | exact f_le].
Qed.

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
intros (b_gt0 & convex & rank_r) (small & _ & constant & c_gt0 & c_le).
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
Definition small_step_factor (b : frac I) (c : option (frac I))
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
  small_step_factor b c f -> known_at i t f ->
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
  small_step_factor b c f ->
  meaning value i eta (Contracts true f).
Proof.
intros low small f_eq t known v v_rows.
apply (small_step_factor_contraction b r sl su c f t); assumption.
Qed.

Lemma contracts_constant e b r L rho k :
  steps i = Constant e ->
  meaning value i eta (HasSmallestAtLeast b r) ->
  meaning value i eta (HasLambdaMaxAtMost L) ->
  Rabs (1 - fraction e * fraction b) <= fraction rho ->
  Rabs (1 - fraction e * fraction L) <= fraction rho ->
  meaning value i eta (Contracts false (Power rho k)).
Proof.
intros step_eq (_ & convex & _) smooth_L low_le high_le t _ v v_rows.
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
