(** What rules compute with, over the real numbers: an instance of the right
    shape, and D^2 G, D^2 b, D^2 |y|^2 of [make_problem].

    Exports: [well_formed], [valid_instance_well_formed]; the entries and forms
    of the problem; [good] (a conclusion that holds and has positive
    denominators), [good_premises]. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Import Vectors Model Spectral Certificate Meaning.
From Loopcert Require Import Reflect Arithmetic Linear Rules Checker.
From Loopcert Require Import Exactness Triangles.

Import ListNotations.

Local Open Scope R_scope.

Section Problem.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).

Local Notation fraction := (fraction value).
Local Notation proper := (proper value).
Local Notation reals := (reals value).
Local Notation entries := (entries value).
Local Notation vdot := Vectors.dot.

(** The shapes that [valid_instance] tests *)
Record well_formed (i : instance I) : Prop := WellFormed {
  alpha_proper : proper (alpha i);
  alpha_ne0 : query value i <> 0;
  start_proper : Forall proper (start i);
  steps_proper :
    match steps i with
    | Constant e => proper e
    | Schedule es => Forall proper es /\ length es = count_T i
    | LambdaMax => True
    end;
  task_proper :
    match task i with
    | Some own => length own = size_d i /\ Forall proper own
    | None => True
    end;
  scale_gt0 : 0 < value (scale i);
  d_gt0 : (0 < size_d i)%nat;
  columns_length : length (columns i) = size_d i;
  column_length : Forall (fun c => length c = size_n i) (columns i)
}.

Lemma valid_fracs_proper l : valid_fracs o l = true -> Forall proper l.
Proof.
unfold valid_fracs; rewrite all_forall; intros l_valid.
apply Forall_forall; intros x x_in.
apply (valid_proper o value o_exact), l_valid, x_in.
Qed.

Lemma valid_instance_well_formed i :
  eqb o (num (alpha i)) (zero o) = false -> valid_instance o i = true ->
  well_formed i.
Proof.
intros num_ne0; unfold valid_instance; rewrite all_forall; intros conditions.
assert (alpha_valid := conditions _ (or_introl eq_refl)).
assert (start_valid := conditions _ (or_intror (or_introl eq_refl))).
do 2 (match type of conditions with
  forall x, In x (_ :: ?l) -> _ =>
    assert (rest : forall x, In x l -> x = true)
      by (intros x x_in; apply conditions; right; exact x_in);
    clear conditions; rename rest into conditions end).
assert (steps_valid := conditions _ (or_introl eq_refl)).
assert (task_valid := conditions _ (or_intror (or_introl eq_refl))).
do 2 (match type of conditions with
  forall x, In x (_ :: ?l) -> _ =>
    assert (rest : forall x, In x l -> x = true)
      by (intros x x_in; apply conditions; right; exact x_in);
    clear conditions; rename rest into conditions end).
assert (scale_valid := conditions _ (or_introl eq_refl)).
do 2 (match type of conditions with
  forall x, In x (_ :: ?l) -> _ =>
    assert (rest : forall x, In x l -> x = true)
      by (intros x x_in; apply conditions; right; exact x_in);
    clear conditions; rename rest into conditions end).
assert (start_nonempty := conditions _ (or_introl eq_refl)).
assert (columns_valid := conditions _ (or_intror (or_introl eq_refl))).
assert (column_valid :=
  conditions _ (or_intror (or_intror (or_introl eq_refl)))).
clear conditions; cbv beta in *.
apply (valid_proper o value o_exact) in alpha_valid.
apply WellFormed.
- exact alpha_valid.
- apply (eqb_false o value o_exact) in num_ne0.
  rewrite (value_zero o value o_exact) in num_ne0.
  unfold query, Meaning.fraction, Exactness.proper in *; intros quotient_zero.
  apply num_ne0; apply (Rmult_eq_reg_r (/ value (den (alpha i)))).
  + rewrite Rmult_0_l; exact quotient_zero.
  + apply Rinv_neq_0_compat; lra.
- apply valid_fracs_proper, start_valid.
- unfold valid_steps in steps_valid; destruct (steps i) as [e | es |].
  + apply (valid_proper o value o_exact), steps_valid.
  + destruct (N.eqb_spec (count es) (loops i)) as [count_eq | ];
      [| discriminate].
    split; [apply valid_fracs_proper, steps_valid |].
    rewrite <- count_length, count_eq; reflexivity.
  + trivial.
- destruct (task i) as [own |]; [| trivial].
  destruct (same_length own (start i)) eqn:same; [| discriminate].
  split; [apply (same_length_eq _ _ same) |].
  apply valid_fracs_proper, task_valid.
- apply (positive_value o value o_exact), scale_valid.
- unfold size_d; destruct (start i); simpl in *; [discriminate | lia].
- apply (same_length_eq _ _ columns_valid).
- apply Forall_forall; intros c c_in.
  rewrite all_forall in column_valid.
  apply (same_length_eq _ _ (column_valid c c_in)).
Qed.

Variable i : instance I.

Hypothesis i_formed : well_formed i.

Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation y := (labels_y value i).
Local Notation D := (value (scale i)).
Local Notation p := (make_problem o i).
Local Notation G := (mulmv d (Model.gram n X)).

Let D_gt0 : 0 < D := scale_gt0 i i_formed.
Let column_le : Forall (fun c => (length c <= n)%nat) (columns i).
Proof.
apply Forall_impl with (2 := column_length i i_formed); intros c c_eq.
rewrite c_eq; apply le_n.
Qed.

Lemma square_gt0 : 0 < value (square p).
Proof.
simpl; rewrite (value_mul o value o_exact).
apply Rmult_lt_0_compat; apply (scale_gt0 i i_formed).
Qed.

Lemma value_square : value (square p) = D * D.
Proof. apply (value_mul o value o_exact). Qed.

Lemma count_d_size : N.to_nat (count_d i) = d.
Proof. apply count_length. Qed.

(** D^2 G *)

Lemma upper_shaped : shaped d (upper p).
Proof.
rewrite <- (columns_length i i_formed); apply shaped_triangle.
Qed.

Lemma column_sum_mulmv v :
  veq n (column_sum value (columns i) v) (vscale D (mulmv d X v)).
Proof.
intros r _; unfold column_sum, vscale.
rewrite (columns_length i i_formed), (examples_mulmv value i D_gt0).
reflexivity.
Qed.

Lemma tri_form_upper v :
  tri_form value d (upper p) v = D * D * energy n d X v.
Proof.
unfold make_problem; cbn [upper].
rewrite <- (columns_length i i_formed) at 1.
rewrite (tri_form_triangle o value o_exact n (columns i) v column_le).
rewrite (dot_ext n _ _ _ _ (column_sum_mulmv v) (column_sum_mulmv v)).
rewrite dot_scale_l, dot_scale_r; unfold energy; ring.
Qed.

Lemma length_gram_rows : length (gram_rows p) = d.
Proof.
unfold make_problem; cbn [gram_rows].
rewrite (proj1 (full_triangle o value o_exact n (columns i) column_le)).
apply (columns_length i i_formed).
Qed.

Lemma gram_rows_entry k j : (k < d)%nat -> (j < d)%nat ->
  integers value (gram_rows p) k j = D * D * Model.gram n X k j.
Proof.
intros k_lt j_lt; unfold make_problem; cbn [gram_rows].
destruct (full_triangle o value o_exact n (columns i) column_le)
  as (_ & rows).
rewrite (columns_length i i_formed) in rows.
rewrite (proj2 (rows k k_lt) j j_lt), (gram_entry value i D_gt0).
reflexivity.
Qed.

Lemma length_multiply v : length (multiply o (gram_rows p) v) = d.
Proof. unfold multiply; rewrite map_length; apply length_gram_rows. Qed.

(** D^2 G v *)
Lemma multiply_gram v k : (k < d)%nat ->
  reals (multiply o (gram_rows p) v) k = D * D * G (reals v) k.
Proof.
intros k_lt; unfold multiply.
rewrite (reals_map value (fun row => Arithmetic.dot o row v) _ nil k)
  by (rewrite length_gram_rows; exact k_lt).
destruct (full_triangle o value o_exact n (columns i) column_le)
  as (_ & rows).
rewrite (columns_length i i_formed) in rows.
rewrite (value_dot o value o_exact d).
- unfold mulmv; rewrite <- dot_scale_l; apply dot_ext.
  + intros j j_lt; unfold vscale; apply (gram_rows_entry k j k_lt j_lt).
  + intros j _; reflexivity.
- unfold make_problem; cbn [gram_rows].
  rewrite (proj1 (rows k k_lt)); apply le_n.
Qed.

(** D^2 v'G v *)
Lemma form_energy v : length v = d ->
  value (form o p v) = D * D * energy n d X (reals v).
Proof.
intros v_length; unfold form.
rewrite (value_dot o value o_exact d) by (rewrite v_length; apply le_n).
rewrite (energy_gram value i).
rewrite <- dot_scale_r; apply dot_ext; [intros k _; reflexivity |].
intros k k_lt; apply multiply_gram, k_lt.
Qed.

(** D^2 b *)

Lemma length_moment : length (moment_b p) = d.
Proof.
unfold make_problem; cbn [moment_b].
rewrite map_length; apply (columns_length i i_formed).
Qed.

Lemma moment_value k : (k < d)%nat ->
  reals (moment_b p) k = D * D * moment n X y k.
Proof.
intros k_lt; unfold make_problem; cbn [moment_b].
rewrite (reals_map value (fun c => Arithmetic.dot o c (labels i)) _ nil k)
  by (rewrite (columns_length i i_formed); exact k_lt).
rewrite (value_dot o value o_exact n).
- symmetry; apply (moment_entry value i D_gt0).
- rewrite Forall_forall in column_le; apply column_le, nth_In.
  rewrite (columns_length i i_formed); exact k_lt.
Qed.

Lemma label_square_value : value (label_square p) = D * D * vdot n y y.
Proof.
unfold make_problem; cbn [label_square].
rewrite (value_dot o value o_exact n) by apply le_n.
symmetry; apply (Reflect.label_square value i D_gt0).
Qed.

(** D^2 |u y - X v|^2 *)
Lemma misfit_value v u : length v = d ->
  let r := vsub (vscale (value u) y) (mulmv d X (reals v)) in
  value (misfit o p v u) = D * D * vdot n r r.
Proof.
intros v_length r; unfold misfit.
rewrite (value_add o value o_exact), (value_sub o value o_exact).
rewrite !(value_mul o value o_exact), (value_add o value o_exact).
rewrite (value_one o value o_exact), label_square_value.
rewrite form_energy by exact v_length.
rewrite (value_dot o value o_exact d) by (rewrite length_moment; apply le_n).
assert (cross : vdot d (reals (moment_b p)) (reals v)
  = D * D * vdot n y (mulmv d X (reals v))).
{ rewrite (dot_sym n y), dot_mulmv_tr, (dot_sym d (reals v)).
  rewrite <- dot_scale_l; apply dot_ext; [| intros k _; reflexivity].
  intros k k_lt; unfold vscale; rewrite moment_value by exact k_lt.
  reflexivity. }
rewrite cross; unfold r, energy.
rewrite dot_sub_l, !dot_sub_r, !dot_scale_l, !dot_scale_r.
rewrite (dot_sym n (mulmv d X (reals v)) y); ring.
Qed.

(** D^2 q (x G + z I) *)

Lemma shifted_shaped x z : shaped d (shifted o p x z).
Proof.
unfold shifted; apply shaped_add_diagonal, shaped_scaled, upper_shaped.
Qed.

Lemma shifted_form x z v : proper x -> proper z ->
  tri_form value d (shifted o p x z) v
  = D * D * (value (den x) * value (den z))
    * (fraction x * energy n d X v + fraction z * vdot d v v).
Proof.
intros x_proper z_proper; unfold shifted.
rewrite (tri_form_add_diagonal o value o_exact)
  by (apply shaped_scaled, upper_shaped).
rewrite (tri_form_scaled o value o_exact), tri_form_upper.
rewrite !(value_mul o value o_exact), value_square.
unfold Exactness.proper, Meaning.fraction in *; field; lra.
Qed.

(** * Conclusions *)

(** All denominators are positive. *)
Definition proper_factor (f : factor I) : Prop :=
  match f with
  | Power base _ => proper base
  | Product mu => proper mu
  | Value bound => proper bound
  end.

Definition proper_conclusion (c : conclusion I) : Prop :=
  match c with
  | HasLambdaMaxAtMost b | HasSmallestAtLeast b _ | HasLambdaMaxAtLeast b
  | HasSmallestAtMost b => proper b
  | HasSpectrum _ ml mu sl su kl ku =>
      proper ml /\ proper mu /\ proper sl /\ proper su /\ proper kl /\ proper ku
  | HasExponential kl ku | HasTheorem44 kl ku => proper kl /\ proper ku
  | HasSmallSteps sl su c =>
      proper sl /\ proper su /\
      match c with Some e => proper e | None => True end
  | Contracts _ f | HasTightBound f => proper_factor f
  | NotContracts gain _ => proper gain
  | IsRealizable theta s =>
      length theta = d /\ Forall proper theta /\ proper s
  | HasLeastSquares theta s res _ =>
      length theta = d /\ Forall proper theta /\ proper s /\ proper res
  | IsTwoSided l u | HasErrorValue _ _ l u | HasTheorem44Value l u =>
      proper l /\ proper u
  | HasGeneralLabels s f => proper s /\ proper_factor f
  | HasLimitError _ limit s f => proper limit /\ proper s /\ proper_factor f
  | HasNoise s f floor => proper s /\ proper_factor f /\ proper floor
  | _ => True
  end.

Variable eta : nat -> R.

Definition good (c : conclusion I) : Prop :=
  meaning value i eta c /\ proper_conclusion c.

Definition sound (result : outcome (conclusion I)) : Prop :=
  forall c, result = Proved c -> good c.

Lemma sound_proved c : good c -> sound (Proved c).
Proof. intros c_good c' eq; injection eq as eq; subst c'; exact c_good. Qed.

Lemma sound_refused why : sound (Refused why).
Proof. intros c eq; discriminate. Qed.

Lemma sound_require (b : bool) result why :
  (b = true -> sound result) ->
  sound (if b then result else Refused why).
Proof. destruct b; [auto | intros _; apply sound_refused]. Qed.

Lemma sound_require_no (r : option reason) result :
  (r = None -> sound result) ->
  sound (match r with None => result | Some why => Refused why end).
Proof. destruct r; [intros _; apply sound_refused | auto]. Qed.

Lemma sound_some {A : Type} (x : option A) result why :
  (forall a, x = Some a -> sound (result a)) ->
  sound (match x with None => Refused why | Some a => result a end).
Proof. destruct x; [auto | intros _; apply sound_refused]. Qed.

End Problem.

(** Takes a rule's premises apart; other premises than its own are refused. *)
Ltac take_premises :=
  repeat match goal with
  | |- sound _ _ _ (match ?x with _ => _ end) =>
      is_var x; destruct x; try apply sound_refused
  end.
