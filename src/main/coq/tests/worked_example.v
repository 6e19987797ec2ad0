(** The worked example of certificates/FORMAT.md, section 5, checked in Coq with
    both kinds of integers, and what the checker says to changed ones. *)

From Coq Require Import Reals NArith ZArith List.
From Bignums Require Import BigZ.
From Loopcert Require Import Certificate Rules Checker Establish.
From Loopcert Require Import IntegersZ IntegersBigZ.

Import ListNotations.

Section Example.

Context {I : Type} (integer : Z -> I).

Definition over (p q : Z) : frac I := Frac (integer p) (integer q).
Definition whole (p : Z) : frac I := over p 1.
Definition integers (l : list Z) : list I := map integer l.

Definition theta : list (frac I) := [over 3 5; over 4 5].

(** X has the rows (1, 0), (0, 1), (1, 1); y = X theta; all over 5 *)
Definition example_instance (eta : frac I) : instance I := {|
  alpha := whole 1;
  loops := 4;
  steps := Constant eta;
  start := [whole 0; whole 0];
  task := Some theta;
  scale := integer 5;
  labels := integers [3; 4; 7]%Z;
  columns := [integers [5; 0; 5]%Z; integers [0; 5; 5]%Z]
|}.

Definition example (eta smoothness mu : frac I) (corner : Z) (error : frac I)
    : certificate I :=
  Certificate false (example_instance eta) [
    Line SymbolicAttention [];
    Line (LambdaMaxAtMost smoothness
            (Factor 0 [integers [5; corner]%Z; integers [0]%Z])) [];
    Line (SmallestPositiveAtLeast mu [] (integer 0) Elimination) [];
    Line (LambdaMaxAtLeast (whole 3) (integers [1; 1]%Z)) [];
    Line (SmallestPositiveAtMost (whole 1) (integers [1; -1]%Z)) [];
    Line Spectrum [3; 5; 4; 2]%N;
    Line SmallSteps [2]%N;
    Line ContractionSmallSteps [3; 7]%N;
    Line (Realizable theta) [];
    Line Theorem44 [1; 9; 6; 7]%N;
    Line TightBound [1; 9; 3; 7]%N;
    Line TwoSided [1; 9; 3; 7]%N;
    Line (LeastSquares theta []) [3]%N;
    Line (ErrorByReplay 4 error error) [1; 13]%N
  ].

Definition right : certificate I :=
  example (over 1 3) (whole 3) (whole 1) (-5) (over 8 2025).

(** As in the text below the example *)
Definition expected : list (N * conclusion I) :=
  [(1, IsEquivalent);
   (6, HasSpectrum 2 (whole 1) (whole 1) (whole 3) (whole 3)
         (whole 3) (whole 3));
   (8, Contracts true (Power (over 2 3) 4));
   (10, HasTheorem44 (whole 3) (whole 3));
   (11, HasTightBound (Power (over 2 3) 4));
   (12, IsTwoSided (over 1 75) (over 2 3));
   (14, HasErrorValue true 4 (over 8 2025) (over 8 2025))]%N.

Definition better : list (N * conclusion I) :=
  [(11, HasTightBound (Power (over 1 2) 4))]%N.

End Example.

Definition bounds : limits := Limits 4000000 4000000000.

Definition check_Z := check integers_Z bounds.
Definition establishes_Z := establishes integers_Z bounds.
Definition establishes_bigZ := establishes integers_bigZ bounds.
Definition id_Z (z : Z) : Z := z.

(** Only the claim and the outcome are computed, not the integers in it. *)
Definition refused (eta smoothness mu : frac Z) (corner : Z) (error : frac Z)
    : option (reason * N) :=
  match check_Z (example id_Z eta smoothness mu corner error) with
  | Accepted _ => None
  | Fails why k => Some (why, k)
  end.

Lemma established_Z : establishes_Z (right id_Z) (expected id_Z) = true.
Proof. vm_compute; reflexivity. Qed.

Lemma established_bigZ :
  establishes_bigZ (right BigZ.of_Z) (expected BigZ.of_Z) = true.
Proof. vm_compute; reflexivity. Qed.

(** A smaller factor than the one established *)
Fail Definition better_Z : establishes_Z (right id_Z) (better id_Z) = true :=
  eq_refl.

Lemma not_better : establishes_Z (right id_Z) (better id_Z) = false.
Proof. vm_compute; reflexivity. Qed.

Local Notation "p '//' q" := (Frac p%Z q%Z) (at level 30).

(** A factor with a wrong sign *)
Lemma wrong_sign : refused (1 // 3) (3 // 1) (1 // 1) 5 (8 // 2025)
  = Some (NotDominant, 2%N).
Proof. vm_compute; reflexivity. Qed.

(** mu above the smallest eigenvalue *)
Lemma wrong_mu : refused (1 // 3) (3 // 1) (2 // 1) (-5) (8 // 2025)
  = Some (NotSemidefinite, 3%N).
Proof. vm_compute; reflexivity. Qed.

(** A step beyond 1/L *)
Lemma large_step : refused (1 // 2) (3 // 1) (1 // 1) (-5) (8 // 2025)
  = Some (StepTooLarge, 7%N).
Proof. vm_compute; reflexivity. Qed.

(** Another error *)
Lemma wrong_error : refused (1 // 3) (3 // 1) (1 // 1) (-5) (8 // 2026)
  = Some (NotEnclosed, 14%N).
Proof. vm_compute; reflexivity. Qed.

(** Denominators that are not positive *)
Lemma zero_denominator : refused (1 // 3) (3 // 0) (1 // 1) (-5) (8 // 2025)
  = Some (Shape, 2%N).
Proof. vm_compute; reflexivity. Qed.

Lemma negative_denominator :
  refused ((-1) // (-3)) (3 // 1) (1 // 1) (-5) (8 // 2025)
  = Some (Shape, 0%N).
Proof. vm_compute; reflexivity. Qed.

(** A column that is too short, a scale of 0, labels that nothing scales *)
Definition with_instance (change : instance Z -> instance Z) :=
  check_Z
    (Certificate false (change (example_instance id_Z (1 // 3)))
       (lines (right id_Z))).

Lemma short_column :
  with_instance
    (fun i =>
       Instance (alpha i) (loops i) (steps i) (start i) (task i) (scale i)
         (labels i) [[5; 0]; [0; 5; 5]]%Z)
  = Fails Shape 0.
Proof. vm_compute; reflexivity. Qed.

Lemma zero_scale :
  with_instance
    (fun i =>
       Instance (alpha i) (loops i) (steps i) (start i) (task i) 0%Z
         (labels i) (columns i))
  = Fails Shape 0.
Proof. vm_compute; reflexivity. Qed.

Lemma zero_query :
  with_instance
    (fun i =>
       Instance (0 // 1) (loops i) (steps i) (start i) (task i) (scale i)
         (labels i) (columns i))
  = Fails ZeroQuery 0.
Proof. vm_compute; reflexivity. Qed.

Lemma other_labels :
  with_instance
    (fun i =>
       Instance (alpha i) (loops i) (steps i) (start i) (task i) (scale i)
         [3; 4; 8]%Z (columns i))
  = Fails NotRealizable 9.
Proof. vm_compute; reflexivity. Qed.

(** A premise that is no earlier line, and one of another kind *)
Definition with_lines (l : list (line Z)) :=
  check_Z (Certificate false (example_instance id_Z (1 // 3)) l).

Lemma own_premise : with_lines [Line Spectrum [1]%N] = Fails PremiseOrder 1.
Proof. vm_compute; reflexivity. Qed.

Lemma premise_zero : with_lines [Line Spectrum [0]%N] = Fails PremiseOrder 1.
Proof. vm_compute; reflexivity. Qed.

Lemma other_premise :
  with_lines [Line SymbolicAttention []; Line SmallSteps [1]%N]
  = Fails PremiseKind 2.
Proof. vm_compute; reflexivity. Qed.

Lemma obligations :
  with_lines [Line SymbolicAttention []] = Fails MissingObligation 0.
Proof. vm_compute; reflexivity. Qed.

(** Beyond a limit nothing is computed. *)
Lemma no_work :
  check integers_Z (Limits 4000000 10) (right id_Z) = Fails Limit 0.
Proof. vm_compute; reflexivity. Qed.

(** Operations that propose wrong quotients are exact all the same: they make
    the checker refuse, here where every quotient is 0. *)
Definition misled : ops Z :=
  Ops Z 0%Z 1%Z Z.add Z.sub Z.mul Z.leb Z.eqb Z.of_N (fun _ _ => 0%Z)
    (fun _ _ => 1%Z) (fun _ => 0%N).

Lemma exact_misled : exact misled IZR.
Proof. destruct exact_Z; constructor; assumption. Qed.

Lemma misled_refuses :
  establishes misled bounds (right id_Z) (expected id_Z) = false.
Proof. vm_compute; reflexivity. Qed.
