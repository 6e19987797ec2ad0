(** Certificates of format loopcert/1 as data: what is left of a file once its
    text has been read (certificates/FORMAT.md, sections 2 to 4).

    Everything is polymorphic in the type of integers, so that the checker runs
    on the machine's big integers once extracted, and on [bigZ] inside Coq.

    Exports: [ops] (integer operations), [exact] (what they have to satisfy),
    [frac], [instance], [rule], [line], [certificate], [conclusion], [reason],
    [answer]. *)

From Coq Require Import Reals NArith ZArith List.

(** The operations on integers that the checker uses. [quotient], [gcd] and
    [bit_length] only propose: what follows from them is checked, so that
    [exact] says nothing of them. *)
Record ops (I : Type) := Ops {
  zero : I;
  one : I;
  add : I -> I -> I;
  sub : I -> I -> I;
  mul : I -> I -> I;
  leb : I -> I -> bool;
  eqb : I -> I -> bool;
  of_count : N -> I;
  (** floor of the quotient by a positive number *)
  quotient : I -> I -> I;
  gcd : I -> I -> I;
  (** the bit length of the absolute value *)
  bit_length : I -> N
}.

Arguments zero {I} _.
Arguments one {I} _.
Arguments add {I} _ _ _.
Arguments sub {I} _ _ _.
Arguments mul {I} _ _ _.
Arguments leb {I} _ _ _.
Arguments eqb {I} _ _ _.
Arguments of_count {I} _ _.
Arguments quotient {I} _ _ _.
Arguments gcd {I} _ _ _.
Arguments bit_length {I} _ _.

(** [value] reads an integer of type I as a real number, and the operations are
    those of an ordered ring. *)
Record exact {I : Type} (o : ops I) (value : I -> R) : Prop := Exact {
  value_zero : value (zero o) = 0%R;
  value_one : value (one o) = 1%R;
  value_add : forall x y, value (add o x y) = (value x + value y)%R;
  value_sub : forall x y, value (sub o x y) = (value x - value y)%R;
  value_mul : forall x y, value (mul o x y) = (value x * value y)%R;
  value_leb : forall x y, leb o x y = true <-> (value x <= value y)%R;
  value_eqb : forall x y, eqb o x y = true <-> value x = value y;
  value_count : forall k, value (of_count o k) = IZR (Z.of_N k);
  value_integer : forall x, exists k : Z, value x = IZR k
}.

(** num / den; the checker refuses den <= 0. *)
Record frac (I : Type) := Frac { num : I; den : I }.

Arguments Frac {I} _ _.
Arguments num {I} _.
Arguments den {I} _.

Inductive step (I : Type) :=
| Constant (eta : frac I)
| Schedule (etas : list (frac I))
| LambdaMax.

Arguments Constant {I} _.
Arguments Schedule {I} _.
Arguments LambdaMax {I}.

(** An instance. X and y are [columns] and [labels] over the common [scale];
    each column has one entry for every label, and there are d = length [start]
    of them. *)
Record instance (I : Type) := Instance {
  alpha : frac I;
  loops : N;
  steps : step I;
  start : list (frac I);
  task : option (list (frac I));
  scale : I;
  labels : list I;
  columns : list (list I)
}.

Arguments Instance {I} _ _ _ _ _ _ _ _.
Arguments alpha {I} _.
Arguments loops {I} _.
Arguments steps {I} _.
Arguments start {I} _.
Arguments task {I} _.
Arguments scale {I} _.
Arguments labels {I} _.
Arguments columns {I} _.

(** A witness that a symmetric matrix A is positive semidefinite: k and an upper
    triangle R, row i from the diagonal on, with 4^k A - R'R diagonally
    dominant; or nothing, and the checker eliminates. *)
Inductive semidefinite (I : Type) :=
| Factor (k : N) (rows : list (list I))
| Elimination.

Arguments Factor {I} _ _.
Arguments Elimination {I}.

(** A theorem, and a hypothesis of it, that the rule [unmet] speaks about. *)
Inductive bound_name :=
| NameTheorem44 | NameTightBound | NameDoubledExponent | NameTwoSided
| NameErrorIdentity.

Inductive hypothesis_name :=
| LabelNoise | RankDeficient | NonzeroStart | OtherNorm | LargeStep.

(** A rule with its witness, in the order of FORMAT.md, section 4. *)
Inductive rule (I : Type) :=
| SymbolicAttention
| Replay
| LambdaMaxAtMost (bound : frac I) (witness : semidefinite I)
| SmallestPositiveAtLeast (bound : frac I) (null_space : list (list I))
    (weight : I) (witness : semidefinite I)
| LambdaMaxAtLeast (bound : frac I) (vector : list I)
| SmallestPositiveAtMost (bound : frac I) (vector : list I)
| Spectrum
| Exponential
| SmallSteps
| ContractionSmallSteps
| ContractionConstant
| ContractionSchedule (grid : N)
| NonContractionConstant (vector : list I)
| NonContractionSchedule
| Realizable (theta : list (frac I))
| LeastSquares (theta preimage : list (frac I))
| Unmet (theorem : bound_name) (hypothesis : hypothesis_name)
| Theorem44
| TightBound
| DoubledExponent
| TwoSided
| GeneralLabels
| LimitError
| Noise
| ErrorIdentity
| ErrorByReplay (t : N) (lower upper : frac I)
| ErrorByPowering (bits t : N) (lower upper : frac I)
| Theorem44Value (lower upper : frac I)
| RoundedIterates (iterates : list (N * list (frac I) * frac I))
| RoundedTrajectory (residual : frac I) (iterates : list (list (frac I))).

Arguments SymbolicAttention {I}.
Arguments Replay {I}.
Arguments LambdaMaxAtMost {I} _ _.
Arguments SmallestPositiveAtLeast {I} _ _ _ _.
Arguments LambdaMaxAtLeast {I} _ _.
Arguments SmallestPositiveAtMost {I} _ _.
Arguments Spectrum {I}.
Arguments Exponential {I}.
Arguments SmallSteps {I}.
Arguments ContractionSmallSteps {I}.
Arguments ContractionConstant {I}.
Arguments ContractionSchedule {I} _.
Arguments NonContractionConstant {I} _.
Arguments NonContractionSchedule {I}.
Arguments Realizable {I} _.
Arguments LeastSquares {I} _ _.
Arguments Unmet {I} _ _.
Arguments Theorem44 {I}.
Arguments TightBound {I}.
Arguments DoubledExponent {I}.
Arguments TwoSided {I}.
Arguments GeneralLabels {I}.
Arguments LimitError {I}.
Arguments Noise {I}.
Arguments ErrorIdentity {I}.
Arguments ErrorByReplay {I} _ _ _.
Arguments ErrorByPowering {I} _ _ _ _.
Arguments Theorem44Value {I} _ _.
Arguments RoundedIterates {I} _.
Arguments RoundedTrajectory {I} _ _.

(** Premises are numbers of lines, from 1. *)
Record line (I : Type) := Line { the_rule : rule I; premises : list N }.

Arguments Line {I} _ _.
Arguments the_rule {I} _.
Arguments premises {I} _.

Record certificate (I : Type) := Certificate {
  refutation : bool;
  about : instance I;
  lines : list (line I)
}.

Arguments Certificate {I} _ _ _.
Arguments refutation {I} _.
Arguments about {I} _.
Arguments lines {I} _.

(** A number by which distances shrink over all loops, kept as a formula. *)
Inductive factor (I : Type) :=
| Power (base : frac I) (loops : N)
| Product (mu : frac I)
| Value (bound : frac I).

Arguments Power {I} _ _.
Arguments Product {I} _.
Arguments Value {I} _.

(** What a line establishes; [Meaning.holds] says what that means. *)
Inductive conclusion (I : Type) :=
| IsEquivalent
| IsReplayed
| HasLambdaMaxAtMost (bound : frac I)
| HasSmallestAtLeast (bound : frac I) (rank : N)
| HasLambdaMaxAtLeast (bound : frac I)
| HasSmallestAtMost (bound : frac I)
| HasSpectrum (rank : N)
    (mu_lower mu_upper l_lower l_upper kappa_lower kappa_upper : frac I)
| HasExponential (kappa_lower kappa_upper : frac I)
| HasSmallSteps (sum_lower sum_upper : frac I) (constant : option (frac I))
| Contracts (by_small_steps : bool) (f : factor I)
| NotContracts (gain : frac I) (every_loop : bool)
| IsRealizable (theta : list (frac I)) (norm_square : frac I)
| HasLeastSquares (theta : list (frac I)) (norm_square residual : frac I)
    (rank : N)
| IsUnmet (theorem : bound_name) (hypothesis : hypothesis_name)
| HasTheorem44 (kappa_lower kappa_upper : frac I)
| HasTightBound (f : factor I)
| HasDoubledExponent
| IsTwoSided (lower upper : frac I)
| HasGeneralLabels (squared_scale : frac I) (f : factor I)
| HasLimitError (theta : list (frac I)) (limit squared_scale : frac I)
    (f : factor I)
| HasNoise (norm_square : frac I) (f : factor I) (floor_square : frac I)
| HasErrorIdentity (theta : list (frac I))
| HasErrorValue (replayed : bool) (t : N) (lower upper : frac I)
| HasTheorem44Value (lower upper : frac I)
| HasRoundedIterates (iterates : list (N * list (frac I) * frac I))
| HasRoundedTrajectory (iterates : list (list (frac I))) (f : factor I)
    (accumulated start_square : frac I).

Arguments IsEquivalent {I}.
Arguments IsReplayed {I}.
Arguments HasLambdaMaxAtMost {I} _.
Arguments HasSmallestAtLeast {I} _ _.
Arguments HasLambdaMaxAtLeast {I} _.
Arguments HasSmallestAtMost {I} _.
Arguments HasSpectrum {I} _ _ _ _ _ _ _.
Arguments HasExponential {I} _ _.
Arguments HasSmallSteps {I} _ _ _.
Arguments Contracts {I} _ _.
Arguments NotContracts {I} _ _.
Arguments IsRealizable {I} _ _.
Arguments HasLeastSquares {I} _ _ _ _.
Arguments IsUnmet {I} _ _.
Arguments HasTheorem44 {I} _ _.
Arguments HasTightBound {I} _.
Arguments HasDoubledExponent {I}.
Arguments IsTwoSided {I} _ _.
Arguments HasGeneralLabels {I} _ _.
Arguments HasLimitError {I} _ _ _ _.
Arguments HasNoise {I} _ _ _.
Arguments HasErrorIdentity {I} _.
Arguments HasErrorValue {I} _ _ _ _.
Arguments HasTheorem44Value {I} _ _.
Arguments HasRoundedIterates {I} _.
Arguments HasRoundedTrajectory {I} _ _ _ _.

(** Why a certificate is not accepted: the reason codes of FORMAT.md, 3.3. *)
Inductive reason :=
| MissingObligation | PremiseOrder | PremiseKind | Shape | ZeroQuery
| NotDominant | NotSemidefinite | ZeroWitness | RayleighMissed
| NullSpace | NotPositive | Rank | StepTooLarge | StepKind
| NotContracting | NotRefuted | Grid | NotRealizable | NotLeastSquares | NotUnit
| StartNotZero | Exponent | NoTask | NotEnclosed | HypothesisHolds
| Limit.

(** [Fails r k]: line k fails for the reason r; k = 0 is the whole. *)
Inductive answer (A : Type) :=
| Accepted (result : A)
| Fails (why : reason) (at_line : N).

Arguments Accepted {A} _.
Arguments Fails {A} _ _.
