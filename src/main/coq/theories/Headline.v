(** What an accepted certificate says, in the words of Chen et al. (CHEN2024)
    and without the data of a certificate: generated files state their theorem
    in this form.

    Exports: [certifies_bound] (a test), [certified_bound]:
    |<TF, theta*> - alpha| <= |alpha| (1 - eta mu)^T for every T. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Import Reflect Certificate Arithmetic.
From Loopcert Require Import Vectors Model Descent Convergence.
From Loopcert Require Import Meaning Exactness.
From Loopcert Require SoundTask.

Import ListNotations.

Local Open Scope R_scope.

Section Headline.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).

Local Notation fraction := (fraction value).

Variable i : instance I.

Local Notation d := (size_d i).
Local Notation n := (size_n i).
Local Notation X := (examples_X value i).
Local Notation y := (labels_y value i).

(** theta* is a unit vector. *)
Definition unit_task (c : conclusion I) : bool :=
  match c with
  | IsRealizable _ s => if valid o s then feq o s (fone o) else false
  | _ => false
  end.

Definition has_small_steps (c : conclusion I) : bool :=
  match c with
  | HasSmallSteps _ _ _ => true
  | _ => false
  end.

(** mu I <= G, and rank X = d *)
Definition has_mu (mu : frac I) (c : conclusion I) : bool :=
  match c with
  | HasSmallestAtLeast b r =>
      if valid o b
      then if feq o b mu then (r =? count (start i))%N else false
      else false
  | _ => false
  end.

(** The hypotheses of the bound are among these conclusions. *)
Definition certifies_bound (eta mu : frac I) (l : list (conclusion I))
    : bool :=
  match steps i with
  | Constant e =>
      all (fun condition => condition)
        [valid o e; valid o eta; valid o mu; feq o e eta; valid o (alpha i);
         negb (eqb o (num (alpha i)) (zero o));
         all (fun x => eqb o (num x) (zero o)) (start i);
         existsb unit_task l; existsb has_small_steps l;
         existsb (has_mu mu) l]
  | _ => false
  end.

Lemma unit_task_form c :
  unit_task c = true ->
  exists theta s, c = IsRealizable theta s /\
    valid o s = true /\ feq o s (fone o) = true.
Proof.
destruct c; try discriminate; simpl.
destruct (valid o norm_square) eqn:s_valid; try discriminate.
intros s_one; eauto.
Qed.

Lemma small_steps_form c :
  has_small_steps c = true -> exists l u k, c = HasSmallSteps l u k.
Proof. destruct c; try discriminate; eauto. Qed.

Lemma mu_form mu c :
  has_mu mu c = true ->
  exists b r, c = HasSmallestAtLeast b r /\ valid o b = true /\
    feq o b mu = true /\ r = count (start i).
Proof.
destruct c; try discriminate; simpl.
destruct (valid o bound) eqn:b_valid; try discriminate.
destruct (feq o bound mu) eqn:b_eq; try discriminate.
intros rank_eq; apply N.eqb_eq in rank_eq; eauto 6.
Qed.

Theorem certified_bound eta mu l :
  certifies_bound eta mu l = true ->
  (forall c, In c l -> holds value i c) ->
  forall theta T, realizable n d X y theta ->
  Rabs (dot d
      (transformer n d (fun _ => fraction eta)
         (prompt n d X y vzero (query value i)) T)
      theta - query value i)
  <= Rabs (query value i) * (1 - fraction eta * fraction mu) ^ T.
Proof.
unfold certifies_bound.
destruct (steps i) as [e | |] eqn:step_eq; try discriminate.
intros conditions all_hold theta T theta_realizes.
rewrite all_forall in conditions.
assert (condition : forall x, In x _ -> x = true) by exact conditions.
clear conditions; simpl in condition.
assert (proper_e := condition (valid o e) ltac:(tauto)).
assert (proper_eta := condition (valid o eta) ltac:(tauto)).
assert (proper_mu := condition (valid o mu) ltac:(tauto)).
assert (proper_alpha := condition (valid o (alpha i)) ltac:(tauto)).
assert (e_eq := condition (feq o e eta) ltac:(tauto)).
assert (alpha_ne0 := condition (negb (eqb o (num (alpha i)) (zero o)))
  ltac:(tauto)).
assert (zero_start := condition (all _ (start i)) ltac:(tauto)).
assert (unit_in := condition (existsb unit_task l) ltac:(tauto)).
assert (small_in := condition (existsb has_small_steps l) ltac:(tauto)).
assert (mu_in := condition (existsb (has_mu mu) l) ltac:(tauto)).
clear condition.
apply (valid_proper o value o_exact) in proper_e, proper_eta, proper_mu,
  proper_alpha.
apply (feq_value o value o_exact) in e_eq; [| assumption | assumption].
assert (query_ne0 : query value i <> 0).
{ apply Bool.negb_true_iff, (eqb_false o value o_exact) in alpha_ne0.
  rewrite (value_zero o value o_exact) in alpha_ne0.
  unfold query, Meaning.fraction; unfold proper in proper_alpha.
  apply Rmult_integral_contrapositive_currified; [exact alpha_ne0 |].
  apply Rinv_neq_0_compat; lra. }
assert (scheduled : schedule_of value i (fun _ => fraction eta)).
{ unfold schedule_of; rewrite step_eq; intros _; symmetry; exact e_eq. }
apply existsb_exists in unit_in, small_in, mu_in.
destruct unit_in as [unit_c [unit_in unit_c_true]].
destruct small_in as [small_c [small_in small_c_true]].
destruct mu_in as [mu_c [mu_in mu_c_true]].
assert (unit_holds := all_hold unit_c unit_in _ scheduled).
assert (small_holds := all_hold small_c small_in _ scheduled).
assert (mu_holds := all_hold mu_c mu_in _ scheduled).
destruct (unit_task_form unit_c unit_c_true)
  as (star & s & unit_eq & s_valid & s_one).
destruct (small_steps_form small_c small_c_true) as (sl & su & k & small_eq).
destruct (mu_form mu mu_c mu_c_true) as (b & r & mu_eq & b_valid & b_eq & r_eq).
rewrite unit_eq in unit_holds; rewrite small_eq in small_holds.
rewrite mu_eq in mu_holds.
apply (valid_proper o value o_exact) in b_valid, s_valid.
apply (feq_value o value o_exact) in b_eq; [| assumption | assumption].
apply (feq_value o value o_exact) in s_one;
  [| assumption | apply (proper_of_int o value o_exact)].
rewrite (fraction_fone o value o_exact) in s_one.
destruct unit_holds as [star_realizes [s_eq _]].
destruct small_holds as [small _].
destruct mu_holds as [mu_gt0 [G_ge rank_r]].
rewrite b_eq in mu_gt0, G_ge.
rewrite r_eq, count_length in rank_r.
assert (rank_d := SoundTask.full_rank_of_rank value i rank_r).
assert (convex : strongly_convex n d X (fraction mu)).
{ intros v; apply G_ge, full_rank_row_space, rank_d. }
assert (constant : constant_step i)
  by (unfold constant_step; rewrite step_eq; exact Logic.I).
destruct (small 1%nat (or_intror constant) 0%nat Nat.lt_0_1)
  as [eta_gt0 G_le].
assert (theta_eq : veq d theta (entries value star)).
{ apply (Convergence.least_squares_unique n d X y); try exact rank_d;
    apply Convergence.realizable_least_squares; assumption. }
assert (theta_unit : norm d theta = 1).
{ unfold norm; rewrite (dot_ext d _ _ _ _ theta_eq theta_eq), <- s_eq.
  rewrite s_one; apply sqrt_1. }
apply (tight_bound n d X (fraction mu) (/ fraction eta)); try assumption.
split; [exact eta_gt0 |]; right; field; lra.
Qed.

End Headline.
