(** The checker is sound: what it accepts holds, for every instance of the
    integers of which [exact] is proved.

    - [check_sound]: every conclusion of an accepted certificate holds
    - [accepted_steps]: there are step sizes of which it says so
    - [accepted_obligations]: what an accepted certificate establishes at least
    - [accepted_tight_bound]: |<TF, theta*> - alpha| <= |alpha| base^T for
      every T; [Headline.certified_bound] has 1 - eta mu as its base

    Exports: these, [conclude_sound]. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Spectrum.
From Loopcert Require Import Certificate Arithmetic Linear Rules Values Checker.
From Loopcert Require Import Vectors Model Attention Meaning.
From Loopcert Require Import Reflect Exactness Triangles SoundProblem.
From Loopcert Require Import SoundSpectrum SoundContraction SoundTask.
From Loopcert Require Import SoundBounds SoundSchedule SoundReplay.
From Loopcert Require Import SoundValues SoundPowering.

Import ListNotations.

Local Open Scope R_scope.

Section Soundness.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).
Context (bounds : limits).

Section Lines.

Context (i : instance I) (eta : nat -> R).

Hypothesis i_formed : well_formed value i.
Hypothesis eta_steps : schedule_of value i eta.

Local Notation proper := (proper value).
Local Notation p := (make_problem o i).
Local Notation good := (good value i eta).
Local Notation sound := (sound value i eta).

(** Step equivalence holds for every instance. *)

Lemma symbolic_attention_sound premises :
  sound (symbolic_attention premises).
Proof.
unfold symbolic_attention; apply sound_require; intros _; apply sound_proved.
split; [| exact Logic.I]; intros q a; split.
- intros r k r_le k_le; rewrite lemma_4_1 by assumption.
  rewrite vecmul_gram; reflexivity.
- intros a_ne0 steps T; apply theorem_4_2_output, a_ne0.
Qed.

Lemma replay_sound premises : sound (replay i premises).
Proof.
unfold replay; apply sound_require; intros _.
apply sound_require; intros _; apply sound_proved.
split; [| exact Logic.I]; intros t _.
apply theorem_4_2_output, (alpha_ne0 value i i_formed).
Qed.

(** * One line *)

Lemma conclude_sound budget r premises :
  valid_rule o r = true -> Forall good premises ->
  sound (conclude o bounds i p budget r premises).
Proof.
intros r_valid all_good.
assert (fraction_proper : forall f, valid o f = true -> proper f)
  by (intros f; apply (valid_proper o value o_exact)).
assert (list_proper := valid_fracs_proper o value o_exact).
destruct r as [| | bound w | bound basis weight w | bound v | bound v | | | |
  | | grid | v | | theta | theta preimage | theorem hypothesis | | | | | | |
  | | t lower upper | bits t lower upper | lower upper | iterates
  | residual iterates]; cbn [conclude valid_rule] in *;
  try apply sound_refused.
- apply symbolic_attention_sound.
- apply replay_sound.
- apply (lambda_max_at_most_sound o value o_exact i eta i_formed).
  apply fraction_proper, r_valid.
- apply (smallest_positive_at_least_sound o value o_exact i eta i_formed).
  apply fraction_proper, r_valid.
- apply (lambda_max_at_least_sound o value o_exact i eta i_formed).
  apply fraction_proper, r_valid.
- apply (smallest_positive_at_most_sound o value o_exact i eta i_formed).
  apply fraction_proper, r_valid.
- apply (spectrum_sound o value o_exact i eta i_formed), all_good.
- apply (exponential_sound value i eta), all_good.
- apply (small_steps_sound o value o_exact bounds i eta i_formed eta_steps).
  exact all_good.
- apply (contraction_small_steps_sound o value o_exact i eta), all_good.
- apply (contraction_constant_sound o value o_exact i eta i_formed eta_steps).
  exact all_good.
- apply (contraction_schedule_sound o value o_exact i eta i_formed eta_steps).
  exact all_good.
- apply (non_contraction_constant_sound o value o_exact i eta i_formed
    eta_steps).
- apply (non_contraction_schedule_sound o value o_exact bounds i eta i_formed
    eta_steps), all_good.
- apply (realizable_sound o value o_exact bounds i eta i_formed).
  apply list_proper, r_valid.
- destruct (valid_fracs o theta) eqn:theta_valid; [| discriminate].
  apply (least_squares_sound o value o_exact bounds i eta i_formed);
    [apply list_proper, theta_valid | apply list_proper, r_valid
    | exact all_good].
- apply (unmet_sound o value o_exact i eta i_formed eta_steps), all_good.
- apply (theorem_44_sound o value o_exact i eta i_formed eta_steps), all_good.
- apply (tight_bound_sound o value o_exact i eta i_formed), all_good.
- apply (doubled_exponent_sound o value o_exact i eta i_formed eta_steps).
  exact all_good.
- apply (two_sided_sound o value o_exact i eta i_formed eta_steps), all_good.
- apply (general_labels_sound o value o_exact bounds i eta i_formed), all_good.
- apply (limit_error_sound o value o_exact i eta i_formed), all_good.
- apply (noise_sound o value o_exact bounds i eta i_formed), all_good.
- apply (error_identity_sound o value o_exact i eta i_formed), all_good.
- destruct (valid o lower) eqn:lower_valid; [| discriminate].
  apply (error_by_replay_sound o value o_exact bounds i eta i_formed eta_steps);
    [apply fraction_proper, lower_valid | apply fraction_proper, r_valid
    | exact all_good].
- destruct (valid o lower) eqn:lower_valid; [| discriminate].
  apply (error_by_powering_sound o value o_exact i eta i_formed eta_steps);
    [apply fraction_proper, lower_valid | apply fraction_proper, r_valid
    | exact all_good].
- destruct (valid o lower) eqn:lower_valid; [| discriminate].
  apply (theorem_44_value_sound o value o_exact i eta i_formed);
    [apply fraction_proper, lower_valid | apply fraction_proper, r_valid
    | exact all_good].
- apply (rounded_iterates_sound o value o_exact bounds i eta i_formed
  eta_steps).
  rewrite all_forall in r_valid; apply Forall_forall; intros item item_in.
  assert (item_valid := r_valid item item_in).
  destruct (valid o (snd item)) eqn:c_valid; [| discriminate].
  split; [apply fraction_proper, c_valid | apply list_proper, item_valid].
- destruct (valid o residual) eqn:rho_valid; [| discriminate].
  apply (rounded_trajectory_sound o value o_exact bounds i eta i_formed
    eta_steps); [apply fraction_proper, rho_valid | | exact all_good].
  rewrite all_forall in r_valid; apply Forall_forall; intros l l_in.
  apply list_proper, r_valid, l_in.
Qed.

(** * All lines *)

Lemma at_index_in {A : Type} (l : list A) : forall k x,
  at_index l k = Some x -> In x l.
Proof.
induction l as [| z l IHl]; intros k x; simpl; [discriminate |].
destruct (N.eqb k 0).
- intros x_eq; injection x_eq as x_eq; left; exact x_eq.
- intros found; right; apply (IHl _ _ found).
Qed.

Lemma premises_at_good next earlier numbers : forall found,
  Forall good earlier -> premises_at next earlier numbers = Some found ->
  Forall good found.
Proof.
induction numbers as [| k numbers IHnumbers]; intros found earlier_good; simpl.
- intros found_eq; injection found_eq as found_eq; subst found; constructor.
- destruct (N.leb 1 k); [| discriminate].
  destruct (N.ltb k next); [| discriminate].
  destruct (at_index earlier (next - 1 - k)) as [c |] eqn:c_eq;
    [| discriminate].
  destruct (premises_at next earlier numbers) as [rest |];
    [| discriminate].
  intros found_eq; injection found_eq as found_eq; subst found; constructor.
  + rewrite Forall_forall in earlier_good; apply earlier_good.
    apply (at_index_in _ _ _ c_eq).
  + apply (IHnumbers rest earlier_good eq_refl).
Qed.

Lemma find_premises_good next earlier numbers found :
  Forall good earlier -> find_premises next earlier numbers = Some found ->
  Forall good found.
Proof.
unfold find_premises; destruct (all _ numbers); [| discriminate].
apply premises_at_good.
Qed.

Lemma check_lines_good budget ls : forall spent next earlier found,
  Forall good earlier ->
  check_lines o bounds i p budget spent next earlier ls = Accepted found ->
  Forall good found.
Proof.
induction ls as [| l ls IHls]; intros spent next earlier found earlier_good;
  cbn [check_lines].
- intros found_eq; injection found_eq as found_eq; subst found.
  exact earlier_good.
- destruct (N.leb _ (max_work bounds)); [| discriminate].
  destruct (check_line o bounds i p budget next earlier l) as [c | why]
    eqn:line;
    [| discriminate].
  apply IHls; constructor; [| exact earlier_good].
  unfold check_line in line.
  destruct (valid_rule o (the_rule l)) eqn:r_valid; [| discriminate].
  destruct (find_premises next earlier (premises l)) as [taken |] eqn:taken_eq;
    [| discriminate].
  apply (conclude_sound budget (the_rule l) taken); try assumption.
  apply (find_premises_good _ _ _ _ earlier_good taken_eq).
Qed.

End Lines.

(** * The theorem *)

Lemma check_accepted c cs : check o bounds c = Accepted cs ->
  well_formed value (about c) /\
  forall eta, schedule_of value (about c) eta ->
    Forall (good value (about c) eta) cs.
Proof.
unfold check.
destruct (eqb o (num (alpha (about c))) (zero o)) eqn:query_ne0;
  [discriminate |].
destruct (valid_instance o (about c)) eqn:valid; [| discriminate].
assert (formed := valid_instance_well_formed o value o_exact (about c)
  query_ne0 valid).
destruct (N.leb _ (max_work bounds)); [| discriminate].
cbv zeta.
destruct (check_lines _ _ _ _ _ _ _ _ _) as [found | why k] eqn:lines_eq;
  [| discriminate].
destruct (meets_obligations _ found); [| discriminate].
intros cs_eq; injection cs_eq as cs_eq; subst cs.
split; [exact formed |]; intros eta eta_steps.
rewrite rev_append_rev, app_nil_r; apply Forall_rev.
apply (check_lines_good (about c) eta formed eta_steps _ _ _ _ _ _
  (Forall_nil _) lines_eq).
Qed.

(** Accepted means true. *)
Theorem check_sound c cs : check o bounds c = Accepted cs ->
  forall k, In k cs -> holds value (about c) k.
Proof.
intros accepted k k_in eta eta_steps.
destruct (check_accepted c cs accepted) as (_ & all_good).
assert (cs_good := all_good eta eta_steps).
rewrite Forall_forall in cs_good; apply cs_good, k_in.
Qed.

(** [holds] speaks about all step sizes of the instance: there are some. *)
Theorem accepted_steps c cs : check o bounds c = Accepted cs ->
  exists eta, schedule_of value (about c) eta.
Proof.
intros accepted; destruct (check_accepted c cs accepted) as (formed & _).
unfold schedule_of; destruct (steps (about c)) as [e | es |].
- exists (fun _ => fraction value e); reflexivity.
- exists (entries value es); reflexivity.
- destruct (Spectrum.lambda_max_exists (size_n (about c)) (size_d (about c))
    (examples_X value (about c)) (d_gt0 value (about c) formed))
    as (l & is_max).
  exists (fun _ => / l), l; split; [exact is_max | reflexivity].
Qed.

Lemma some_in {A : Type} (f : A -> bool) l :
  some f l = true -> exists x, In x l /\ f x = true.
Proof.
induction l as [| x l IHl]; simpl; [discriminate |].
destruct (f x) eqn:f_x.
- intros _; exists x; split; [left; reflexivity | exact f_x].
- intros later; destruct (IHl later) as (z & z_in & f_z).
  exists z; split; [right; exact z_in | exact f_z].
Qed.

(** An accepted certificate has step equivalence, the spectrum and a
    contraction, an accepted refutation steps that do not contract. *)
Theorem accepted_obligations c cs : check o bounds c = Accepted cs ->
  if refutation c
  then exists k, In k cs /\ is_non_contraction k = true
  else
    (exists k, In k cs /\ is_equivalence k = true) /\
    (exists k, In k cs /\ is_spectrum k = true) /\
    (exists k, In k cs /\ is_contraction k = true).
Proof.
unfold check.
destruct (eqb o (num (alpha (about c))) (zero o)); [discriminate |].
destruct (valid_instance o (about c)); [| discriminate].
destruct (N.leb _ (max_work bounds)); [| discriminate].
cbv zeta.
destruct (check_lines _ _ _ _ _ _ _ _ _) as [found | why k]; [| discriminate].
destruct (meets_obligations (refutation c) found) eqn:met; [| discriminate].
intros cs_eq; injection cs_eq as cs_eq; subst cs.
rewrite rev_append_rev, app_nil_r.
assert (reversed : forall f : conclusion I -> bool,
  some f found = true -> exists k, In k (rev found) /\ f k = true).
{ intros f f_some; destruct (some_in f found f_some) as (k & k_in & f_k).
  exists k; split; [apply -> in_rev; exact k_in | exact f_k]. }
unfold meets_obligations in met; destruct (refutation c).
- apply reversed, met.
- rewrite all_forall in met; repeat split; apply reversed, met.
  + left; reflexivity.
  + right; left; reflexivity.
  + right; right; left; reflexivity.
Qed.

(** * Without any certificate's data *)

(** A constant step and an accepted tight bound with the factor base^k: for
    every number of loops T the prediction on every solution theta* of
    y = X theta* differs from alpha by at most |alpha| base^T. *)
Corollary accepted_tight_bound c cs e base k :
  check o bounds c = Accepted cs -> In (HasTightBound (Power base k)) cs ->
  steps (about c) = Constant e ->
  let n := size_n (about c) in
  let d := size_d (about c) in
  let X := examples_X value (about c) in
  let y := labels_y value (about c) in
  let q := start_q value (about c) in
  let alpha := query value (about c) in
  let eta := fraction value e in
  forall theta T, realizable n d X y theta ->
  Rabs (dot d (transformer n d (fun _ => eta) (prompt n d X y q alpha) T) theta
        - alpha)
  <= Rabs alpha * fraction value base ^ T.
Proof.
intros accepted k_in step_eq n d X y q a eta theta T y_eq.
assert (eta_steps : schedule_of value (about c) (fun _ => eta))
  by (unfold schedule_of; rewrite step_eq; reflexivity).
apply (proj2 (check_sound c cs accepted _ k_in (fun _ => eta) eta_steps)
  theta y_eq T).
left; unfold constant_step; rewrite step_eq; exact Logic.I.
Qed.

End Soundness.
