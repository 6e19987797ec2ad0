(** From one computation to named theorems: a generated file states conclusions
    in lowest terms, computes once that the checker establishes them, and reads
    off what they mean.

    Exports: [same_conclusion], [same_meaning], [establishes],
    [establishes_found]. *)

From Coq Require Import Reals Lra NArith List Bool.
From Loopcert Require Import Vectors Model Certificate Meaning Arithmetic.
From Loopcert Require Import Rules Checker.

Import ListNotations.

Section Establish.

Context {I : Type} (o : ops I).

(** Equal fractions with denominators of at least 1 *)
Definition same (x y : frac I) : bool :=
  (valid o x && valid o y && feq o x y)%bool.

Definition same_factor (f g : factor I) : bool :=
  match f, g with
  | Power x k, Power y m => (same x y && N.eqb k m)%bool
  | Product x, Product y | Value x, Value y => same x y
  | _, _ => false
  end.

(** The kinds of conclusions that theorems are made of *)
Definition same_conclusion (c e : conclusion I) : bool :=
  match c, e with
  | IsEquivalent, IsEquivalent => true
  | HasLambdaMaxAtMost x, HasLambdaMaxAtMost y
  | HasLambdaMaxAtLeast x, HasLambdaMaxAtLeast y
  | HasSmallestAtMost x, HasSmallestAtMost y => same x y
  | HasSmallestAtLeast x r, HasSmallestAtLeast y s =>
      (same x y && N.eqb r s)%bool
  | HasSpectrum r a b c d e f, HasSpectrum r' a' b' c' d' e' f' =>
      (N.eqb r r' && same a a' && same b b' && same c c' && same d d'
       && same e e' && same f f')%bool
  | Contracts _ f, Contracts _ g => same_factor f g
  | NotContracts x b, NotContracts y c => (same x y && Bool.eqb b c)%bool
  | HasTheorem44 a b, HasTheorem44 a' b' => (same a a' && same b b')%bool
  | HasTightBound f, HasTightBound g => same_factor f g
  | HasDoubledExponent, HasDoubledExponent => true
  | IsTwoSided l u, IsTwoSided l' u' => (same l l' && same u u')%bool
  | HasGeneralLabels s f, HasGeneralLabels s' g =>
      (same s s' && same_factor f g)%bool
  | HasErrorValue _ t l u, HasErrorValue _ t' l' u' =>
      (N.eqb t t' && same l l' && same u u')%bool
  | _, _ => false
  end.

(** The certificate is accepted, and every expected conclusion is the same as
    that of the line of this number. *)
Definition establishes (bounds : limits) (c : certificate I)
    (expected : list (N * conclusion I)) : bool :=
  match check o bounds c with
  | Fails _ _ => false
  | Accepted found =>
      all
        (fun e =>
           match at_index found (fst e - 1) with
           | None => false
           | Some c => same_conclusion c (snd e)
           end) expected
  end.

Lemma all_true {A : Type} (f : A -> bool) (l : list A) x :
  all f l = true -> In x l -> f x = true.
Proof.
induction l as [| y l IHl]; simpl; [contradiction |].
destruct (f y) eqn:f_y; [| discriminate].
intros all_l [x_eq | x_in]; [subst x; exact f_y | exact (IHl all_l x_in)].
Qed.

Lemma at_index_In {A : Type} (l : list A) k x :
  at_index l k = Some x -> In x l.
Proof.
revert k; induction l as [| y l IHl]; simpl; intros k; [discriminate |].
destruct (N.eqb k 0).
- intros x_eq; injection x_eq; left; assumption.
- intros found; right; exact (IHl _ found).
Qed.

Lemma establishes_found bounds c expected k e :
  establishes bounds c expected = true -> In (k, e) expected ->
  exists found f,
    check o bounds c = Accepted found /\ In f found
    /\ same_conclusion f e = true.
Proof.
unfold establishes; intros established e_in.
destruct (check o bounds c) as [found |]; [| discriminate].
assert (e_true := all_true _ _ _ established e_in); simpl in e_true.
destruct (at_index found (k - 1)) as [f |] eqn:f_at; [| discriminate].
exists found, f; repeat split; [| exact e_true].
exact (at_index_In _ _ _ f_at).
Qed.

Section Same.

Context (value : I -> R) (o_exact : exact o value).

Lemma valid_value x : valid o x = true -> (1 <= value (den x))%R.
Proof.
intros x_valid; rewrite <- (value_one _ _ o_exact).
apply (value_leb _ _ o_exact); exact x_valid.
Qed.

Lemma same_fraction x y :
  same x y = true -> fraction value x = fraction value y.
Proof.
unfold same; intros xy_same; rewrite !andb_true_iff in xy_same.
destruct xy_same as [[x_valid y_valid] xy_eq].
apply valid_value in x_valid, y_valid.
apply (value_eqb _ _ o_exact) in xy_eq.
rewrite !(value_mul _ _ o_exact) in xy_eq.
unfold fraction.
apply (Rmult_eq_reg_r (value (den x) * value (den y))).
- replace (value (num x) / value (den x) * (value (den x) * value (den y)))%R
    with (value (num x) * value (den y))%R by (field; lra).
  replace (value (num y) / value (den y) * (value (den x) * value (den y)))%R
    with (value (num y) * value (den x))%R by (field; lra).
  exact xy_eq.
- assert (0 < value (den x) * value (den y))%R
    by (apply Rmult_lt_0_compat; lra); lra.
Qed.

Section Factor.

Variables (i : instance I) (eta : nat -> R) (f g : factor I).
Hypothesis fg_same : same_factor f g = true.

Lemma same_factor_at T :
  factor_at value i eta T f = factor_at value i eta T g.
Proof.
destruct f as [x k | x | x], g as [y m | y | y]; try discriminate;
  simpl in *.
- apply andb_true_iff in fg_same; destruct fg_same as [xy_same _].
  rewrite (same_fraction x y xy_same); reflexivity.
- rewrite (same_fraction x y fg_same); reflexivity.
- exact (same_fraction x y fg_same).
Qed.

Lemma same_known_at T : known_at i T g -> known_at i T f.
Proof. destruct f, g; try discriminate; simpl; trivial. Qed.

End Factor.

Local Ltac fractions :=
  repeat match goal with
  | both : (_ && _)%bool = true |- _ =>
      apply andb_true_iff in both; destruct both
  | xy_same : same ?x ?y = true |- _ =>
      rewrite <- (same_fraction x y xy_same); clear xy_same
  | km_eq : N.eqb _ _ = true |- _ => apply N.eqb_eq in km_eq; subst
  | bc_eq : Bool.eqb _ _ = true |- _ => apply Bool.eqb_prop in bc_eq; subst
  end.

Lemma same_meaning i eta c e :
  same_conclusion c e = true -> meaning value i eta c -> meaning value i eta e.
Proof.
destruct c, e; simpl; try discriminate; intros ce_same c_holds; fractions;
  try exact c_holds.
- destruct c_holds as [contracts each]; split.
  + intros T T_known v v_in; rewrite <- (same_factor_at i eta _ _ ce_same).
    apply contracts;
      [exact (same_known_at i _ _ ce_same T T_known) | exact v_in].
  + revert each ce_same.
    match goal with |- context [same_factor ?f ?g] =>
      destruct f as [x k | x | x], g as [y m | y | y]; try discriminate; trivial
    end.
    simpl; intros each xy_same; rewrite <- (same_fraction x y xy_same).
    exact each.
- destruct c_holds as [task_exists bound]; split; [exact task_exists |].
  intros theta theta_real T T_known.
  rewrite <- (same_factor_at i eta _ _ ce_same).
  apply bound;
    [exact theta_real | exact (same_known_at i _ _ ce_same T T_known)].
- intros tt tt_least T T_known.
  match goal with
  | fg_same : same_factor _ _ = true |- _ =>
      rewrite <- (same_factor_at i eta _ _ fg_same);
      apply c_holds;
        [exact tt_least | exact (same_known_at i _ _ fg_same T T_known)]
  end.
Qed.

(** What the checker establishes holds, given that the checker is sound. *)
Lemma establishes_holds bounds c expected k e :
  (forall found, check o bounds c = Accepted found ->
     forall f, In f found -> holds value (about c) f) ->
  establishes bounds c expected = true -> In (k, e) expected ->
  holds value (about c) e.
Proof.
intros check_sound established e_in eta eta_steps.
destruct (establishes_found _ _ _ _ _ established e_in)
  as [found [f [accepted [f_in fe_same]]]].
apply (same_meaning _ _ f e fe_same).
exact (check_sound found accepted f f_in eta eta_steps).
Qed.

End Same.

End Establish.
