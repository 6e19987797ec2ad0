(** The rules of certificates/FORMAT.md, sections 4.1 to 4.6: one function each,
    with its side conditions in their order and with their reason codes.

    Exports: [outcome], [limits], [context], and a function named after each
    rule; [small_step_factor]. *)

From Coq Require Import NArith List.
From Loopcert Require Import Certificate Arithmetic Linear.

Import ListNotations.

(** What a rule says: a conclusion, or why there is none *)
Inductive outcome (A : Type) :=
| Proved (result : A)
| Refused (why : reason).

Arguments Proved {A} _.
Arguments Refused {A} _.

(** [max_bits] is of recomputed integers, common denominators may have a
    sixteenth of it; [max_work] is in products of two words of 64 bits. *)
Record limits := Limits { max_bits : N; max_work : N }.

Notation "'require' condition 'else' why ';' rest" :=
  (if condition then rest else Refused why)
  (at level 200, right associativity, only parsing).

Notation "'require' 'no' refusal ';' rest" :=
  (match refusal with None => rest | Some why => Refused why end)
  (at level 200, right associativity, only parsing).

Notation "'let_some' x ':=' value 'else' why ';' rest" :=
  (match value with None => Refused why | Some x => rest end)
  (at level 200, x pattern, right associativity, only parsing).

Section Rules.

Context {I : Type} (o : ops I) (bounds : limits).
Context (i : instance I) (p : problem (I := I)).

Local Notation conclusions := (list (conclusion I)).
Local Notation result := (outcome (conclusion I)).

Definition cap : N := (max_bits bounds / 16)%N.
Definition count_d : N := count (start i).

Definition is_nil {A : Type} (l : list A) : bool :=
  match l with
  | [] => true
  | _ => false
  end.

Definition starts_at_zero : bool := all (fis_zero o) (start i).

(** |l|^2 *)
Definition norm_square (l : list (frac I)) : option (frac I) :=
  match over_common o cap l with
  | None => None
  | Some (u, common) =>
      Some (reduce o (Frac (dot o u u) (mul o common common)))
  end.

(** u - v *)
Fixpoint difference (u v : list (frac I)) : list (frac I) :=
  match u, v with
  | x :: u, y :: v => reduce o (fsub o x y) :: difference u v
  | _, _ => []
  end.

(** theta(0) = -q(0)/alpha *)
Definition first : list (frac I) :=
  let factor := fneg o (finv o (alpha i)) in
  map (fun x => reduce o (fmul o x factor)) (start i).

(** Step equivalence: Lemma 4.1 and Theorem 4.2 hold for every instance. *)

Definition is_equivalence (c : conclusion I) : bool :=
  match c with
  | IsEquivalent | IsReplayed => true
  | _ => false
  end.

Definition symbolic_attention (premises : conclusions) : result :=
  require is_nil premises else PremiseKind;
  Proved IsEquivalent.

Definition rational_steps : bool :=
  match steps i with
  | LambdaMax => N.eqb (loops i) 0
  | _ => true
  end.

Definition replay (premises : conclusions) : result :=
  require is_nil premises else PremiseKind;
  require rational_steps else StepKind;
  Proved IsReplayed.

(** Spectrum *)

Definition lambda_max_at_most (bound : frac I) (w : semidefinite I)
    (premises : conclusions) : result :=
  require is_nil premises else PremiseKind;
  require no refused_semidefinite o
    (shifted o p (fneg o (fone o)) bound) w;
  Proved (HasLambdaMaxAtMost bound).

(** X v = 0 for all, in the order of the vectors *)
Fixpoint refused_basis (basis : list (list I)) : option reason :=
  match basis with
  | [] => None
  | v :: rest =>
      if same_length v (start i)
      then if null_vector o p v then refused_basis rest else Some NullSpace
      else Some Shape
  end.

Definition smallest_positive_at_least (bound : frac I)
    (basis : list (list I)) (weight : I) (w : semidefinite I)
    (premises : conclusions) : result :=
  require is_nil premises else PremiseKind;
  require fpositive o bound else NotPositive;
  require (count basis <? count_d)%N else NullSpace;
  require no refused_basis basis;
  require pivots o [] basis else NullSpace;
  require no refused_semidefinite o
    (add_outers o weight basis (shifted o p (fone o) (fneg o bound))) w;
  Proved (HasSmallestAtLeast bound (count_d - count basis)).

(** v'G v / v'v, for v other than 0 *)
Definition rayleigh (v : list I) : frac I :=
  Frac (form o p v) (mul o (dot o v v) (square p)).

Definition lambda_max_at_least (bound : frac I) (v : list I)
    (premises : conclusions) : result :=
  require is_nil premises else PremiseKind;
  require same_length v (start i) else Shape;
  require is_positive o (dot o v v) else ZeroWitness;
  require fpositive o bound else NotPositive;
  require fle o bound (rayleigh v) else RayleighMissed;
  Proved (HasLambdaMaxAtLeast bound).

Definition smallest_positive_at_most (bound : frac I) (w : list I)
    (premises : conclusions) : result :=
  require is_nil premises else PremiseKind;
  require same_length w (start i) else Shape;
  let v := multiply o (gram_rows p) w in
  require is_positive o (dot o v v) else ZeroWitness;
  require fle o (rayleigh v) bound else RayleighMissed;
  Proved (HasSmallestAtMost bound).

(** That the numbers are positive follows from what they bound. *)
Definition spectrum (premises : conclusions) : result :=
  match premises with
  | [HasSmallestAtLeast mu r; HasSmallestAtMost mu';
     HasLambdaMaxAtLeast l'; HasLambdaMaxAtMost l] =>
      require fpositive o mu else NotPositive;
      require fpositive o mu' else NotPositive;
      Proved
        (HasSpectrum r mu mu' l' l
           (fmax o (fdiv o l' mu') (fone o)) (fdiv o l mu))
  | _ => Refused PremiseKind
  end.

Definition exponential (premises : conclusions) : result :=
  match premises with
  | [HasSpectrum _ _ _ _ _ a b] => Proved (HasExponential a b)
  | _ => Refused PremiseKind
  end.

(** Contraction *)

(** eta in (0, 1/L] *)
Definition small (bound eta : frac I) : bool :=
  if fpositive o eta then fle o (fmul o eta bound) (fone o) else false.

Definition small_steps (premises : conclusions) : result :=
  let count_T := of_N o (loops i) in
  match steps i, premises with
  | LambdaMax, [HasLambdaMaxAtLeast l'; HasLambdaMaxAtMost l] =>
      require fpositive o l' else NotPositive;
      require fpositive o l else NotPositive;
      Proved
        (HasSmallSteps (fdiv o count_T l) (fdiv o count_T l')
           (Some (fdiv o (fone o) l)))
  | Constant eta, [HasLambdaMaxAtMost l] =>
      require small l eta else StepTooLarge;
      let sum := fmul o count_T eta in
      Proved (HasSmallSteps sum sum (Some eta))
  | Schedule etas, [HasLambdaMaxAtMost l] =>
      require all (small l) etas else StepTooLarge;
      let_some sum := fsum o cap etas else Limit;
      Proved (HasSmallSteps sum sum None)
  | _, _ => Refused PremiseKind
  end.

(** 1 - x y *)
Definition one_minus (x y : frac I) : frac I :=
  fsub o (fone o) (fmul o x y).

(** prod (1 - eta_t mu), or a power of 1 - c mu *)
Definition small_step_factor (c : option (frac I)) (mu : frac I) : factor I :=
  match c with
  | Some c => Power (one_minus c mu) (loops i)
  | None => Product mu
  end.

Definition contraction_small_steps (premises : conclusions) : result :=
  match premises with
  | [HasSmallestAtLeast mu _; HasSmallSteps _ _ c] =>
      require
        match c with
        | Some _ => true
        | None => negb (N.eqb (loops i) 0)
        end
      else NotContracting;
      Proved (Contracts true (small_step_factor c mu))
  | _ => Refused PremiseKind
  end.

Definition contraction_constant (premises : conclusions) : result :=
  match premises with
  | [HasSmallestAtLeast mu _; HasLambdaMaxAtMost l] =>
      match steps i with
      | Constant eta =>
          let rho :=
            fmax o (fabs o (one_minus eta mu)) (fabs o (one_minus eta l)) in
          require flt o rho (fone o) else NotContracting;
          Proved (Contracts false (Power rho (loops i)))
      | _ => Refused StepKind
      end
  | _ => Refused PremiseKind
  end.

Definition non_contraction_constant (v : list I) (premises : conclusions)
    : result :=
  require is_nil premises else PremiseKind;
  match steps i with
  | Constant eta =>
      require same_length v (start i) else Shape;
      require is_positive o (dot o v v) else ZeroWitness;
      let r := rayleigh v in
      require fpositive o r else NotRefuted;
      require
        if fpositive o eta then fle o (ftwo o) (fmul o eta r) else true
      else NotRefuted;
      Proved (NotContracts (fabs o (one_minus eta r)) true)
  | _ => Refused StepKind
  end.

(** Labels *)

Definition realizable (theta : list (frac I)) (premises : conclusions)
    : result :=
  require is_nil premises else PremiseKind;
  require same_length theta (start i) else Shape;
  let_some (u, common) := over_common o cap theta else Limit;
  require eqb o (misfit o p u common) (zero o) else NotRealizable;
  require
    match task i with
    | Some own => fequal o theta own
    | None => true
    end
  else NoTask;
  Proved
    (IsRealizable theta
       (reduce o (Frac (dot o u u) (mul o common common)))).

(** a = c b, entry by entry *)
Fixpoint proportional (a : list I) (c : I) (b : list I) : bool :=
  match a, b with
  | [], [] => true
  | x :: a, y :: b => if eqb o x (mul o c y) then proportional a c b else false
  | _, _ => false
  end.

(** theta = G w for w = u / common *)
Fixpoint is_image (theta : list (frac I)) (image : list I) (denominator : I)
    : bool :=
  match theta, image with
  | [], [] => true
  | x :: theta, y :: image =>
      if feq o x (Frac y denominator)
      then is_image theta image denominator
      else false
  | _, _ => false
  end.

Definition refused_preimage (r : N) (theta preimage : list (frac I))
    : option reason :=
  if (r <? count_d)%N
  then
    if same_length preimage (start i)
    then
      match over_common o cap preimage with
      | None => Some Limit
      | Some (w, common) =>
          if is_image theta (multiply o (gram_rows p) w)
               (mul o common (square p))
          then None
          else Some NotLeastSquares
      end
    else Some Shape
  else if is_nil preimage then None else Some Shape.

Definition least_squares (theta preimage : list (frac I))
    (premises : conclusions) : result :=
  match premises with
  | [HasSmallestAtLeast _ r] =>
      require same_length theta (start i) else Shape;
      let_some (u, common) := over_common o cap theta else Limit;
      require
        proportional (multiply o (gram_rows p) u) common (moment_b p)
      else NotLeastSquares;
      require no refused_preimage r theta preimage;
      let common_square := mul o common common in
      Proved
        (HasLeastSquares theta
           (reduce o (Frac (dot o u u) common_square))
           (reduce o
              (Frac (misfit o p u common) (mul o common_square (square p))))
           r)
  | _ => Refused PremiseKind
  end.

(** Some step is not in (0, 1/c]. *)
Definition large_step (c : frac I) : bool :=
  match steps i with
  | LambdaMax => false
  | Constant eta => negb (small c eta)
  | Schedule etas => negb (all (small c) etas)
  end.

Definition unmet (theorem : bound_name) (hypothesis : hypothesis_name)
    (premises : conclusions) : result :=
  let conclude (fails : bool) :=
    require fails else HypothesisHolds;
    Proved (IsUnmet theorem hypothesis) in
  match hypothesis, premises with
  | LabelNoise, [HasLeastSquares _ _ residual _] =>
      conclude (fpositive o residual)
  | RankDeficient, [HasSmallestAtLeast _ r] => conclude (r <? count_d)%N
  | NonzeroStart, [] => conclude (negb starts_at_zero)
  | OtherNorm, [IsRealizable _ norm; HasSmallestAtLeast _ r] =>
      require
        match task i with
        | Some _ => true
        | None => N.eqb r count_d
        end
      else Rank;
      conclude (negb (feq o norm (fone o)))
  | LargeStep, [HasLambdaMaxAtLeast c] => conclude (large_step c)
  | _, _ => Refused PremiseKind
  end.

(** Error of the prediction *)

(** The literal step needs no slack, and no loop needs anything. *)
Definition needs_no_exponent : bool :=
  match steps i with
  | LambdaMax => true
  | _ => N.eqb (loops i) 0
  end.

(** The mean of eta_t mu, from below *)
Definition mean_exponent (sum mu : frac I) : frac I :=
  fdiv o (fmul o sum mu) (of_N o (loops i)).

Definition theorem_44 (premises : conclusions) : result :=
  match premises with
  | [e; IsRealizable _ norm; HasSpectrum r mu _ _ _ a b;
     HasSmallSteps sum _ _] =>
      require is_equivalence e else PremiseKind;
      require feq o norm (fone o) else NotUnit;
      require starts_at_zero else StartNotZero;
      require N.eqb r count_d else Rank;
      require
        if needs_no_exponent
        then true
        else
          fle o (fone o)
            (fmul o (fmul o (ftwo o) a) (mean_exponent sum mu))
      else Exponent;
      Proved (HasTheorem44 a b)
  | _ => Refused PremiseKind
  end.

Definition tight_bound (premises : conclusions) : result :=
  match premises with
  | [e; IsRealizable _ norm; HasSmallestAtLeast mu r; HasSmallSteps _ _ c] =>
      require is_equivalence e else PremiseKind;
      require feq o norm (fone o) else NotUnit;
      require starts_at_zero else StartNotZero;
      require N.eqb r count_d else Rank;
      Proved (HasTightBound (small_step_factor c mu))
  | _ => Refused PremiseKind
  end.

Definition doubled_exponent (premises : conclusions) : result :=
  match premises with
  | [e; IsRealizable _ norm; HasSpectrum r mu _ _ _ a _;
     HasSmallSteps sum _ _] =>
      require is_equivalence e else PremiseKind;
      require feq o norm (fone o) else NotUnit;
      require starts_at_zero else StartNotZero;
      require N.eqb r count_d else Rank;
      let x := mean_exponent sum mu in
      require
        if needs_no_exponent
        then true
        else
          fle o (fone o)
            (fmul o a (fadd o x (fdiv o (fmul o x x) (ftwo o))))
      else Exponent;
      Proved HasDoubledExponent
  | _ => Refused PremiseKind
  end.

Definition two_sided (premises : conclusions) : result :=
  match premises with
  | [e; IsRealizable _ norm; HasSmallestAtLeast mu r; HasSmallSteps _ sum c] =>
      require is_equivalence e else PremiseKind;
      require feq o norm (fone o) else NotUnit;
      require starts_at_zero else StartNotZero;
      require N.eqb r count_d else Rank;
      let_some c := c else StepKind;
      let largest :=
        if N.eqb (loops i) 0 then c else fdiv o sum (of_N o (loops i)) in
      let label_norm := Frac (label_square p) (square p) in
      Proved
        (IsTwoSided (fmax o (one_minus largest label_norm) (fzero o))
           (one_minus c mu))
  | _ => Refused PremiseKind
  end.

Definition general_labels (premises : conclusions) : result :=
  match premises with
  | [e; HasLeastSquares theta norm _ _; Contracts _ f] =>
      require is_equivalence e else PremiseKind;
      let_some distance := norm_square (difference first theta) else Limit;
      Proved
        (HasGeneralLabels
           (fmul o (fmul o (fmul o (alpha i) (alpha i)) norm) distance) f)
  | _ => Refused PremiseKind
  end.

Definition limit_error (premises : conclusions) : result :=
  match premises with
  | [e; HasLeastSquares _ norm _ r; IsRealizable theta own; Contracts _ f] =>
      require is_equivalence e else PremiseKind;
      require starts_at_zero else StartNotZero;
      require (r <? count_d)%N else Rank;
      Proved
        (HasLimitError theta
           (fmul o (fabs o (alpha i)) (fsub o own norm))
           (fmul o (fmul o (alpha i) (alpha i)) (fmul o norm norm)) f)
  | _ => Refused PremiseKind
  end.

Definition noise (premises : conclusions) : result :=
  match premises with
  | [e; HasSmallestAtLeast mu r; HasSmallSteps _ sum c] =>
      require is_equivalence e else PremiseKind;
      require N.eqb r count_d else Rank;
      require starts_at_zero else StartNotZero;
      let_some theta := task i else NoTask;
      require fpositive o mu else NotPositive;
      let_some (u, common) := over_common o cap theta else Limit;
      let common_square := mul o common common in
      let norm := reduce o (Frac (dot o u u) common_square) in
      let residual :=
        reduce o
          (Frac (misfit o p u common) (mul o common_square (square p))) in
      Proved
        (HasNoise norm (small_step_factor c mu)
           (fmul o (fmul o norm residual)
              (fmin o (fdiv o (fone o) mu) sum)))
  | _ => Refused PremiseKind
  end.

Definition error_identity (premises : conclusions) : result :=
  match premises with
  | [e; IsRealizable theta _] =>
      require is_equivalence e else PremiseKind;
      require starts_at_zero else StartNotZero;
      Proved (HasErrorIdentity theta)
  | _ => Refused PremiseKind
  end.

End Rules.
