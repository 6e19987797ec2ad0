(** The checker: an instance of the right shape, lines one after another, and
    the lines that a certificate must have (certificates/FORMAT.md, section 3).

    Exports: [valid_instance], [valid_rule], [conclude], [check]. *)

From Coq Require Import NArith List.
From Loopcert Require Import Certificate Arithmetic Linear Rules.
From Loopcert Require Import Values Schedule.

Import ListNotations.

Section Checker.

Context {I : Type} (o : ops I) (bounds : limits).

Local Notation conclusions := (list (conclusion I)).

(** Shapes: what a reader promises is tested again. *)

Definition valid_fracs (l : list (frac I)) : bool := all (valid o) l.

Definition valid_steps (i : instance I) : bool :=
  match steps i with
  | Constant eta => valid o eta
  | Schedule etas =>
      if (count etas =? loops i)%N then valid_fracs etas else false
  | LambdaMax => true
  end.

Definition valid_instance (i : instance I) : bool :=
  all (fun condition => condition)
    [valid o (alpha i); valid_fracs (start i); valid_steps i;
     match task i with
     | Some own =>
         if same_length own (start i) then valid_fracs own else false
     | None => true
     end;
     is_positive o (scale i); negb (is_nil (labels i));
     negb (is_nil (start i)); same_length (columns i) (start i);
     all (fun c => same_length c (labels i)) (columns i)].

(** All denominators are at least 1. *)
Definition valid_rule (r : rule I) : bool :=
  match r with
  | LambdaMaxAtMost bound _ | SmallestPositiveAtLeast bound _ _ _
  | LambdaMaxAtLeast bound _ | SmallestPositiveAtMost bound _ =>
      valid o bound
  | Realizable theta => valid_fracs theta
  | LeastSquares theta preimage =>
      if valid_fracs theta then valid_fracs preimage else false
  | ErrorByReplay _ lower upper | ErrorByPowering _ _ lower upper
  | Theorem44Value lower upper =>
      if valid o lower then valid o upper else false
  | RoundedIterates iterates =>
      all
        (fun item =>
           if valid o (snd item) then valid_fracs (snd (fst item)) else false)
        iterates
  | RoundedTrajectory rho iterates =>
      if valid o rho then all valid_fracs iterates else false
  | _ => true
  end.

(** What one line establishes *)

Definition conclude (i : instance I) (p : problem (I := I)) (budget : N)
    (r : rule I) (premises : conclusions) : outcome (conclusion I) :=
  match r with
  | SymbolicAttention => symbolic_attention premises
  | Replay => replay i premises
  | LambdaMaxAtMost bound w => lambda_max_at_most o p bound w premises
  | SmallestPositiveAtLeast bound basis weight w =>
      smallest_positive_at_least o i p bound basis weight w premises
  | LambdaMaxAtLeast bound v => lambda_max_at_least o i p bound v premises
  | SmallestPositiveAtMost bound v =>
      smallest_positive_at_most o i p bound v premises
  | Spectrum => spectrum o premises
  | Exponential => exponential premises
  | SmallSteps => small_steps o bounds i premises
  | ContractionSmallSteps => contraction_small_steps o i premises
  | ContractionConstant => contraction_constant o i premises
  | ContractionSchedule grid => contraction_schedule o bounds i grid premises
  | NonContractionConstant v => non_contraction_constant o i p v premises
  | NonContractionSchedule => non_contraction_schedule o bounds i premises
  | Realizable theta => realizable o bounds i p theta premises
  | LeastSquares theta preimage =>
      least_squares o bounds i p theta preimage premises
  | Unmet theorem hypothesis => unmet o i theorem hypothesis premises
  | Theorem44 => theorem_44 o i premises
  | TightBound => tight_bound o i premises
  | DoubledExponent => doubled_exponent o i premises
  | TwoSided => two_sided o i p premises
  | GeneralLabels => general_labels o bounds i premises
  | LimitError => limit_error o i premises
  | Noise => noise o bounds i p premises
  | ErrorIdentity => error_identity o i premises
  | ErrorByReplay t lower upper =>
      error_by_replay o bounds i p t lower upper premises
  | ErrorByPowering bits t lower upper =>
      error_by_powering o i p budget bits t lower upper premises
  | Theorem44Value lower upper => theorem_44_value o i lower upper premises
  | RoundedIterates iterates => rounded_iterates o bounds i p iterates premises
  | RoundedTrajectory rho iterates =>
      rounded_trajectory o bounds i p rho iterates premises
  end.

(** Work, estimated in products of words; nothing rests on it. *)

Definition product (a b : N) : N := (words a * words b + 16)%N.

Definition given_steps (i : instance I) : list (frac I) :=
  match steps i with
  | Constant eta => [eta]
  | Schedule etas => etas
  | LambdaMax => []
  end.

(** D^2 G and D^2 b, and for each line a look at the steps and at its vectors *)
Definition certificate_work (c : certificate I) : N :=
  let i := about c in
  let d := count_d i in
  let w := N.max (longest_of o (columns i)) (longest o (labels i)) in
  (count (labels i) * d * (d + 3) / 2 * product w w
   + 16 * count (lines c) * (count (given_steps i) + d))%N.

Definition semidefinite_work (d bits : N) (w : semidefinite I) : N :=
  match w with
  | Factor k rows =>
      let w := N.max (bits + 2 * k) (longest_of o rows) in
      (d * d * d * product w w)%N
  | Elimination =>
      let w := (d * (bits + d))%N in
      (d * d * d * product w (w / 8))%N
  end.

(** Functions of unit are evaluated only for the rules that need them. *)
Definition line_work (i : instance I) (p : problem (I := I)) (r : rule I)
    (premises : conclusions) : N :=
  let d := count_d i in
  let b := problem_bits p in
  let room := cap bounds in
  let image v := (d * d * product (longest o v) b
                  + d * product (longest o v + b) (longest o v))%N in
  let fractions l :=
    let w := common_bits o room l in
    (d * d * product w b + count l * product (w + b) (w + b))%N in
  let solution (_ : unit) :=
    fold_left
      (fun k c =>
         match c with
         | HasLeastSquares theta _ _ _ => (k + fractions theta)%N
         | _ => k
         end) premises (fractions (start i)) in
  let etas := given_steps i in
  let each_step step_bits bits :=
    (count etas * product step_bits bits)%N in
  let replaying (_ : unit) :=
    let growth := (b + longest_frac o etas)%N in
    let first_bits := (2 * common_bits o room (start i))%N in
    if (loops i * growth + first_bits <=? max_bits bounds)%N
    then
      (4 * d * d * loops i
       * product (loops i * growth / 2 + first_bits) growth)%N
    else (max_work bounds + 1)%N in
  match r with
  | LambdaMaxAtMost bound w =>
      semidefinite_work d (b + frac_bits o bound) w
  | SmallestPositiveAtLeast bound basis weight w =>
      let m := count basis in
      let v := longest_of o basis in
      let bits := (b + frac_bits o bound + 2 * v + bit_length o weight + m)%N in
      (m * m * d + m * d * d * (product v b + product v bits)
       + semidefinite_work d bits w)%N
  | LambdaMaxAtLeast _ v | NonContractionConstant v => image v
  | SmallestPositiveAtMost _ v =>
      (image v + d * d * product (longest o v + b) b
       + d * product (longest o v + b) (longest o v + 2 * b))%N
  | ContractionSchedule grid => schedule_work o i grid premises
  | SmallSteps =>
      (* a common denominator, a quotient by each, and a sum *)
      (4 * each_step (longest_frac o etas) (den_bits o room etas))%N
  | Unmet _ LargeStep | NonContractionSchedule =>
      let bits := longest_frac o etas in
      (4 * each_step bits bits)%N
  | Realizable theta => fractions theta
  | LeastSquares theta preimage => (fractions theta + fractions preimage)%N
  | Noise =>
      match task i with
      | Some own => fractions own
      | None => 0%N
      end
  | GeneralLabels => solution tt
  | ErrorByReplay _ _ _ => (solution tt + replaying tt)%N
  | ErrorByPowering bits _ _ _ =>
      (solution tt + d * d * product (bits + b) (bits + b))%N
  | RoundedIterates iterates =>
      let growth := (loops i * (b + longest_frac o etas))%N in
      fold_left
        (fun k item =>
           (k + count (snd (fst item))
                * product (longest_frac o (snd (fst item))) growth)%N)
        iterates (replaying tt)
  | RoundedTrajectory _ iterates =>
      let bits := (longest_frac o etas + b)%N in
      fold_left
        (fun k r =>
           (k + fractions r + d * product bits (common_bits o room r + b))%N)
        iterates (solution tt + each_step (longest_frac o etas) room)%N
  | _ => 0%N
  end.

(** Each gets its share of the work. *)
Definition count_powering (ls : list (line I)) : N :=
  fold_left
    (fun k l =>
       match the_rule l with
       | ErrorByPowering _ _ _ _ => N.succ k
       | _ => k
       end) ls 1%N.

(** Lines *)

Fixpoint at_index {A : Type} (l : list A) (k : N) : option A :=
  match l with
  | [] => None
  | x :: rest => if (k =? 0)%N then Some x else at_index rest (k - 1)
  end.

(** The conclusions of earlier lines, of which [earlier] has the last first and
    [next] is the number of the line that follows *)
Fixpoint premises_at (next : N) (earlier : conclusions) (l : list N)
    : option conclusions :=
  match l with
  | [] => Some []
  | k :: rest =>
      if (1 <=? k)%N
      then
        if (k <? next)%N
        then
          match at_index earlier (next - 1 - k) with
          | None => None
          | Some c =>
              match premises_at next earlier rest with
              | None => None
              | Some found => Some (c :: found)
              end
          end
        else None
      else None
  end.

(** Every number is that of an earlier line. No rule has more than four
    premises; the fifth is kept to be refused. *)
Definition find_premises (next : N) (earlier : conclusions) (l : list N)
    : option conclusions :=
  if all (fun k => if (1 <=? k)%N then (k <? next)%N else false) l
  then premises_at next earlier (firstn 5 l)
  else None.

Definition check_line (i : instance I) (p : problem (I := I)) (budget : N)
    (next : N) (earlier : conclusions) (l : line I) : outcome (conclusion I) :=
  require valid_rule (the_rule l) else Shape;
  let_some found := find_premises next earlier (premises l)
    else PremiseOrder;
  conclude i p budget (the_rule l) found.

Definition work_of (i : instance I) (p : problem (I := I)) (next : N)
    (earlier : conclusions) (l : line I) : N :=
  (16 + count (premises l) * next
   + match find_premises next earlier (premises l) with
     | None => 0
     | Some found => line_work i p (the_rule l) found
     end)%N.

Fixpoint check_lines (i : instance I) (p : problem (I := I)) (budget : N)
    (spent next : N) (earlier : conclusions) (ls : list (line I))
    : answer conclusions :=
  match ls with
  | [] => Accepted earlier
  | l :: rest =>
      let spent := (spent + work_of i p next earlier l)%N in
      if (spent <=? max_work bounds)%N
      then
        match check_line i p budget next earlier l with
        | Refused why => Fails why next
        | Proved c =>
            check_lines i p budget spent (N.succ next) (c :: earlier) rest
        end
      else Fails Limit next
  end.

Definition is_spectrum (c : conclusion I) : bool :=
  match c with HasSpectrum _ _ _ _ _ _ _ => true | _ => false end.

Definition is_contraction (c : conclusion I) : bool :=
  match c with Contracts _ _ => true | _ => false end.

Definition is_non_contraction (c : conclusion I) : bool :=
  match c with NotContracts _ _ => true | _ => false end.

Fixpoint some {A : Type} (f : A -> bool) (l : list A) : bool :=
  match l with
  | [] => false
  | x :: rest => if f x then true else some f rest
  end.

Definition meets_obligations (refutes : bool) (l : conclusions) : bool :=
  if refutes
  then some is_non_contraction l
  else
    all (fun kind => some kind l)
      [is_equivalence; is_spectrum; is_contraction].

(** The conclusions of all lines in order, or the first line that fails *)
Definition check (c : certificate I) : answer conclusions :=
  let i := about c in
  if eqb o (num (alpha i)) (zero o)
  then Fails ZeroQuery 0
  else
    if valid_instance i
    then
      let spent := certificate_work c in
      if (spent <=? max_work bounds)%N
      then
        let budget := (max_work bounds / count_powering (lines c))%N in
        match check_lines i (make_problem o i) budget spent 1 [] (lines c) with
        | Fails why k => Fails why k
        | Accepted found =>
            if meets_obligations (refutation c) found
            then Accepted (rev_append found [])
            else Fails MissingObligation 0
        end
      else Fails Limit 0
    else Fails Shape 0.

End Checker.
