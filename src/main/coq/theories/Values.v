(** Rules about values: certificates/FORMAT.md, section 4.7, and the product of
    [non-contraction-schedule], whose rounding they share.

    Rounding is that of the Java kernel to the last bit, so that both accept the
    same enclosures. Only its direction matters for soundness, and it does not
    rest on [quotient] and [bit_length].

    Exports: [rounded], [replay_state], [interval], [exponential_bounds], and a
    function named after each rule. *)

From Coq Require Import NArith ZArith List.
From Loopcert Require Import Certificate Arithmetic Linear Rules.

Import ListNotations.

Section Values.

Context {I : Type} (o : ops I) (bounds : limits).
Context (i : instance I) (p : problem (I := I)).

Local Notation conclusions := (list (conclusion I)).
Local Notation result := (outcome (conclusion I)).

Local Notation "0" := (zero o) : ops_scope.
Local Notation "1" := (one o) : ops_scope.
Local Notation "x + y" := (add o x y) : ops_scope.
Local Notation "x - y" := (sub o x y) : ops_scope.
Local Notation "x * y" := (mul o x y) : ops_scope.
Local Notation "x <=? y" := (leb o x y) : ops_scope.
Local Notation "x =? y" := (eqb o x y) : ops_scope.
Local Open Scope ops_scope.

(** Numbers of 128 bits, rounded in one direction *)

(** mantissa * 2^exponent, mantissa >= 0 *)
Record rounded := Rounded { mantissa : I; exponent : Z }.

Definition rounded_one : rounded := Rounded 1 0.

(** [value] * 2^[power_of_two] with 128 bits: at least that where [up], else at
    most that *)
Definition normal (up : bool) (value : I) (power_of_two : Z) : rounded :=
  let excess := (bit_length o value - 128)%N in
  let unit := pow2 o excess in
  Rounded
    (if up then ceiling o value unit else floor o value unit)
    (power_of_two + Z.of_N excess)%Z.

(** [x] times a fraction that is at least 0 *)
Definition times (up : bool) (x : rounded) (f : frac I) : rounded :=
  let shift :=
    (bit_length o (den f) + 128 - bit_length o (num f))%N in
  let scaled := num f * pow2 o shift in
  let q := if up then ceiling o scaled (den f) else floor o scaled (den f) in
  normal up (mantissa x * maximum o q 0) (exponent x - Z.of_N shift)%Z.

Definition squared (up : bool) (x : rounded) : rounded :=
  let m := maximum o (mantissa x) 0 in
  normal up (m * m) (2 * exponent x)%Z.

Definition of_rounded (x : rounded) : frac I :=
  match exponent x with
  | Zneg k => Frac (mantissa x) (pow2 o (Npos k))
  | e => of_int o (mantissa x * pow2 o (Z.to_N e))
  end.

(** The smallest of |1 - eta x| over [low, high] *)
Definition least_modulus (low high eta : frac I) : frac I :=
  let first := one_minus o eta low in
  let last := one_minus o eta high in
  fmax o (fmax o (fmin o first last) (fneg o (fmax o first last))) (fzero o).

Definition gain_of (low high : frac I) (etas : list (frac I)) : rounded :=
  fold_left
    (fun x eta => times false x (reduce o (least_modulus low high eta)))
    etas rounded_one.

Definition non_contraction_schedule (premises : conclusions) : result :=
  let conclude low high :=
    match steps i with
    | Schedule etas =>
        require negb (is_nil etas) else NotRefuted;
        let product := gain_of low high etas in
        require (Z.to_N (Z.abs (exponent product)) <=? max_bits bounds)%N
        else Limit;
        let gain := of_rounded product in
        require fle o (fone o) gain else NotRefuted;
        Proved (NotContracts gain false)
    | _ => Refused StepKind
    end in
  match premises with
  | [HasLambdaMaxAtLeast low; HasLambdaMaxAtMost high] => conclude low high
  | [HasSmallestAtLeast low _; HasSmallestAtMost high] => conclude low high
  | _ => Refused PremiseKind
  end.

(** Exact replay *)

(** theta(t) = numbers / common, and the steps from t on *)
Record replay_state := Replaying {
  numbers : list I;
  common : I;
  remaining : list (frac I)
}.

Definition replay_start : option replay_state :=
  match over_common o (cap bounds) (first o i) with
  | None => None
  | Some (u, common) =>
      Some
        (Replaying u common
           match steps i with
           | Schedule etas => etas
           | _ => []
           end)
  end.

(** theta(t+1) = theta(t) - eta_t (G theta(t) - b) *)
Definition advance (s : replay_state) : replay_state :=
  let eta :=
    match steps i with
    | Constant eta => eta
    | Schedule _ => hd (fzero o) (remaining s)
    | LambdaMax => fzero o
    end in
  let ratio := reduce o (Frac (num eta) (den eta * square p)) in
  let slope :=
    combination o 1 (multiply o (gram_rows p) (numbers s))
      (neg o (common s)) (moment_b p) in
  Replaying
    (combination o (den ratio) (numbers s) (neg o (num ratio)) slope)
    (common s * den ratio) (tl (remaining s)).

Definition advance_by (k : N) (s : replay_state) : replay_state :=
  N.iter k advance s.

(** |alpha| |<u/c, w/e> - |w/e|^2|, u/c = theta(t), w/e = tt *)
Definition error_size (u : list I) (c : I) (w : list I) (e : I) : frac I :=
  Frac
    (abs o ((dot o u w * e - dot o w w * c) * num (alpha i)))
    (c * e * e * den (alpha i)).

Definition error_by_replay (t : N) (lower upper : frac I)
    (premises : conclusions) : result :=
  match premises with
  | [e; HasLeastSquares theta _ _ _] =>
      require is_equivalence e else PremiseKind;
      require (t <=? loops i)%N else Shape;
      require rational_steps i else StepKind;
      let_some start := replay_start else Limit;
      let_some (w, c) := over_common o (cap bounds) theta else Limit;
      let s := advance_by t start in
      let error := error_size (numbers s) (common s) w c in
      require fle o lower error else NotEnclosed;
      require fle o error upper else NotEnclosed;
      Proved (HasErrorValue true t lower upper)
  | _ => Refused PremiseKind
  end.

(** Every entry differs from that of theta(t) by at most [distance]. *)
Fixpoint near (u : list I) (c : I) (l : list (frac I)) (distance : frac I)
    : bool :=
  match u, l with
  | [], [] => true
  | x :: u, r :: l =>
      if fle o (fabs o (fsub o r (Frac x c))) distance
      then near u c l distance
      else false
  | _, _ => false
  end.

(** [s] is theta at loop [now]. *)
Fixpoint refused_iterates (s : replay_state) (now : N)
    (iterates : list (N * list (frac I) * frac I)) : option reason :=
  match iterates with
  | [] => None
  | (t, r, distance) :: rest =>
      if (now <=? t)%N
      then
        if (t <=? loops i)%N
        then
          if same_length r (start i)
          then
            let s := advance_by (t - now) s in
            if near (numbers s) (common s) r distance
            then refused_iterates s t rest
            else Some NotEnclosed
          else Some Shape
        else Some Shape
      else Some Shape
  end.

Definition rounded_iterates (iterates : list (N * list (frac I) * frac I))
    (premises : conclusions) : result :=
  require is_nil premises else PremiseKind;
  require rational_steps i else StepKind;
  let_some s := replay_start else Limit;
  require no refused_iterates s 0 iterates;
  Proved (HasRoundedIterates iterates).

(** Rounded trajectories *)

(** |w - (u - eta (G u - b))|^2 <= rho^2 *)
Definition near_step (rho eta : frac I) (u w : list (frac I)) : option bool :=
  match over_common o (cap bounds) u, over_common o (cap bounds) w with
  | Some (u, c), Some (w, e) =>
      let ratio := reduce o (Frac (num eta) (den eta * square p)) in
      let slope :=
        combination o 1 (multiply o (gram_rows p) u) (neg o c) (moment_b p) in
      let next := combination o (den ratio) u (neg o (num ratio)) slope in
      let next_common := c * den ratio in
      let off := combination o next_common w (neg o e) next in
      Some
        (fle o
           (Frac (dot o off off)
              (next_common * e * (next_common * e)))
           (fmul o rho rho))
  | _, _ => None
  end.

Definition shapes_fit (iterates : list (list (frac I))) : bool :=
  all (fun r => same_length r (start i)) iterates.

(** From r(t) = [u] on; [etas] are the steps left of a schedule. *)
Fixpoint refused_trajectory (rho : frac I) (u : list (frac I))
    (etas : list (frac I)) (rest : list (list (frac I))) : option reason :=
  match rest with
  | [] => None
  | w :: rest =>
      let eta :=
        match steps i with
        | Constant eta => Some eta
        | _ => hd_error etas
        end in
      match eta with
      | None => Some Shape
      | Some eta =>
          match near_step rho eta u w with
          | None => Some Limit
          | Some false => Some NotEnclosed
          | Some true => refused_trajectory rho w (tl etas) rest
          end
      end
  end.

Definition rounded_trajectory (rho : frac I)
    (iterates : list (list (frac I))) (premises : conclusions) : result :=
  match premises with
  | [HasSmallestAtLeast mu r; HasSmallSteps _ _ _;
     HasLeastSquares theta _ _ _] =>
      require N.eqb r (count_d i) else Rank;
      let_some etas :=
        match steps i with
        | Constant _ => Some []
        | Schedule etas => Some etas
        | LambdaMax => None
        end
      else StepKind;
      require leb o 0 (num rho) else NotPositive;
      match iterates with
      | [] => Refused Shape
      | first :: rest =>
          let k := count rest in
          require (k <=? loops i)%N else Shape;
          require shapes_fit iterates else Shape;
          require no refused_trajectory rho first etas rest;
          let_some start_square :=
            norm_square o bounds (difference o first theta) else Limit;
          let accumulated n := fmul o rho n in
          match steps i with
          | Constant eta =>
              let rate := fmul o eta mu in
              require fpositive o rate else NotPositive;
              Proved
                (HasRoundedTrajectory iterates
                   (Power (one_minus o eta mu) k)
                   (accumulated
                      (fmin o (of_N o k) (fdiv o (fone o) rate)))
                   start_square)
          | _ =>
              Proved
                (HasRoundedTrajectory iterates (Product mu)
                   (accumulated (of_N o k)) start_square)
          end
      end
  | _ => Refused PremiseKind
  end.

(** Intervals over 2^bits, rounded outward *)

Record interval := Interval { low : I; high : I }.

Section Intervals.

Variable unit : I.

Definition interval_of (x y : frac I) : interval :=
  Interval (floor o (num x * unit) (den x)) (ceiling o (num y * unit) (den y)).

Definition interval_vector (l : list (frac I)) : list interval :=
  map (fun x => interval_of x x) l.

(** The smallest and the largest product, by the signs of the ends *)
Definition interval_product (x y : interval) : I * I :=
  let (a, b) := x in
  let (c, d) := y in
  if 0 <=? a
  then
    (if 0 <=? c then a * c else b * c, if 0 <=? d then b * d else a * d)
  else
    if b <=? 0
    then
      (if 0 <=? d then a * d else b * d, if 0 <=? c then b * c else a * c)
    else
      if 0 <=? c
      then (a * d, b * d)
      else
        if d <=? 0
        then (b * c, a * c)
        else (minimum o (a * d) (b * c), maximum o (a * c) (b * d)).

(** The ends are exact over unit^2 until they are rounded. *)
Fixpoint interval_sums (l h : I) (u v : list interval) : I * I :=
  match u, v with
  | x :: u, y :: v =>
      let (s, t) := interval_product x y in
      interval_sums (l + s) (h + t) u v
  | _, _ => (l, h)
  end.

Definition interval_dot (u v : list interval) : interval :=
  let (l, h) := interval_sums 0 0 u v in
  Interval (floor o l unit) (ceiling o h unit).

Definition interval_multiply (rows : list (list interval))
    (v : list interval) : list interval :=
  map (fun row => interval_dot row v) rows.

(** The square of a symmetric matrix *)
Definition interval_square (rows : list (list interval))
    : list (list interval) :=
  full (triangle interval_dot rows).

(** 1 - eta x or - eta x for eta in [first, last] *)
Definition descent_entry (first last diagonal : frac I) (x : I) : interval :=
  let g := Frac x (square p) in
  let a := fsub o diagonal (fmul o first g) in
  let b := fsub o diagonal (fmul o last g) in
  interval_of (fmin o a b) (fmax o a b).

(** I - eta G, eta in [first, last] *)
Definition descent_matrix (first last : frac I) : list (list interval) :=
  full
    (map
       (fun row =>
          match row with
          | [] => []
          | x :: r =>
              descent_entry first last (fone o) x
              :: map (descent_entry first last (fzero o)) r
          end) (upper p)).

(** The work of one round, so that numbers that grow come to an end *)
Definition interval_work (rows : list (list interval)) : N :=
  let w :=
    words
      (fold_left
         (fun k x => N.max k (N.max (bit_length o (low x))
                                (bit_length o (high x))))
         (concat rows) 0)%N in
  let d := count rows in
  (d * d * d * (w * w + 16) / 2)%N.

(** A^t v, or none where that takes more work than [budget] *)
Fixpoint interval_power (budget : N) (rows : list (list interval))
    (v : list interval) (t : positive) : option (list interval) :=
  let work := interval_work rows in
  if (work <=? budget)%N
  then
    match t with
    | xH => Some (interval_multiply rows v)
    | xO t => interval_power (budget - work) (interval_square rows) v t
    | xI t =>
        interval_power (budget - work) (interval_square rows)
          (interval_multiply rows v) t
    end
  else None.

Definition interval_scale (f : frac I) (x : interval) : interval :=
  let a := Frac (low x * num f) (den f * unit) in
  let b := Frac (high x * num f) (den f * unit) in
  interval_of (fmin o a b) (fmax o a b).

(** l <= |x| <= u for every x in it *)
Definition size_within (x : interval) (lower upper : frac I) : bool :=
  let most := maximum o (abs o (low x)) (abs o (high x)) in
  let least := maximum o (maximum o (low x) (neg o (high x))) 0 in
  if fle o lower (Frac least unit)
  then fle o (Frac most unit) upper
  else false.

End Intervals.

(** Bounds of a step that is the same in every loop *)
Definition step_bounds (premises : conclusions)
    : outcome (frac I * frac I * list (frac I)) :=
  match steps i, premises with
  | Constant eta, [e; HasLeastSquares theta _ _ _] =>
      require is_equivalence e else PremiseKind;
      Proved (eta, eta, theta)
  | LambdaMax,
    [e; HasLeastSquares theta _ _ _; HasSpectrum _ _ _ l' l _ _] =>
      require is_equivalence e else PremiseKind;
      require fpositive o l' else NotPositive;
      require fpositive o l else NotPositive;
      Proved (fdiv o (fone o) l, fdiv o (fone o) l', theta)
  | Schedule _, [e; HasLeastSquares _ _ _ _] =>
      require is_equivalence e else PremiseKind;
      Refused StepKind
  | _, _ => Refused PremiseKind
  end.

Definition error_by_powering (budget bits t : N) (lower upper : frac I)
    (premises : conclusions) : result :=
  match step_bounds premises with
  | Refused why => Refused why
  | Proved (least, most, theta) =>
      require (t <=? loops i)%N else Shape;
      let unit := pow2 o bits in
      let start := interval_vector unit (difference o (first o i) theta) in
      let rows := descent_matrix unit least most in
      let_some state :=
        match t with
        | N0 => Some start
        | Npos t => interval_power unit budget rows start t
        end
      else Limit;
      let error :=
        interval_scale unit (alpha i)
          (interval_dot unit (interval_vector unit theta) state) in
      require size_within unit error lower upper else NotEnclosed;
      Proved (HasErrorValue false t lower upper)
  end.

(** exp *)

Definition rounded_quotient (up : bool) (x y : I) : I :=
  if up then ceiling o x y else floor o x y.

(** Terms r^k/k! from the [k]-th on and their sum, over [unit] *)
Fixpoint series (fuel : nat) (up : bool) (unit r k term sum : I) : I * I :=
  match fuel with
  | O => (term, sum)
  | S fuel =>
      let term := rounded_quotient up (term * r) (k * unit) in
      series fuel up unit r (k + 1) term (sum + term)
  end.

(** exp(x) from above or below, x >= 0; none if x 2^-k is not below 1/2 *)
Definition exponential_bound (up : bool) (x : frac I) : option rounded :=
  let halvings := (bit_length o (num x) + 2 - bit_length o (den x))%N in
  let unit := pow2 o 256 in
  let r :=
    rounded_quotient up (num x * unit) (den x * pow2 o halvings) in
  if 0 <=? r
  then
    if r + r <=? unit
    then
      let (term, sum) := series 60 up unit r 1 unit unit in
      let sum := if up then sum + term else sum in
      Some
        (N.iter halvings (squared up)
           (times up rounded_one (Frac sum unit)))
    else None
  else None.

Definition magnitude (x : rounded) : Z :=
  (exponent x + Z.of_N (bit_length o (mantissa x)))%Z.

(** 1/x for a mantissa of at least 1 *)
Definition rounded_inverse (x : rounded) : frac I :=
  fdiv o (fone o) (of_rounded x).

(** A number at most exp(-x), x >= 0 *)
Definition exp_lower (x : frac I) : option (frac I) :=
  match exponential_bound true x with
  | None => None
  | Some e =>
      if is_positive o (mantissa e)
      then
        Some
          (if (4096 <? magnitude e)%Z then fzero o else rounded_inverse e)
      else None
  end.

(** A number at least exp(-x), x >= 0: beyond 2^-4096 that one *)
Definition exp_upper (x : frac I) : option (frac I) :=
  match exponential_bound false x with
  | None => None
  | Some e =>
      if is_positive o (mantissa e)
      then
        if (4096 <? magnitude e - 1)%Z
        then
          if pow2 o (bit_length o (mantissa e) - 1) <=? mantissa e
          then Some (Frac 1 (pow2 o 4096))
          else None
        else Some (rounded_inverse e)
      else None
  end.

Definition theorem_44_value (lower upper : frac I)
    (premises : conclusions) : result :=
  match premises with
  | [HasTheorem44 a b] =>
      let half := fdiv o (of_N o (loops i)) (ftwo o) in
      require fpositive o a else NotPositive;
      require fpositive o b else NotPositive;
      let_some least := exp_lower (reduce o (fdiv o half a))
        else NotEnclosed;
      let_some most := exp_upper (reduce o (fdiv o half b))
        else NotEnclosed;
      let size := fabs o (alpha i) in
      require fle o lower (fmul o size least) else NotEnclosed;
      require fle o (fmul o size most) upper else NotEnclosed;
      Proved (HasTheorem44Value lower upper)
  | _ => Refused PremiseKind
  end.

End Values.
