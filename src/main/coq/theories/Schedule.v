(** The rule contraction-schedule of certificates/FORMAT.md, 4.4: an upper bound
    of |p_T| on [mu, L] from its values on a grid.

    Rounding is that of the Java kernel to the last bit, so that both establish
    the same number. As in [Values], only its direction matters for soundness,
    and it does not rest on [quotient], [gcd] and [bit_length].

    Exports: [modulus], [at_most], [larger], [grid_maximum], [rounded_bound],
    [grid_bound], [contraction_schedule]. *)

From Coq Require Import NArith ZArith List.
From Loopcert Require Import Certificate Arithmetic Rules Values.

Import ListNotations.

Section Schedule.

Context {I : Type} (o : ops I) (bounds : limits) (i : instance I).

Local Notation conclusions := (list (conclusion I)).
Local Notation result := (outcome (conclusion I)).

Local Notation "0" := (zero o) : ops_scope.
Local Notation "1" := (one o) : ops_scope.
Local Notation "x + y" := (add o x y) : ops_scope.
Local Notation "x - y" := (sub o x y) : ops_scope.
Local Notation "x * y" := (mul o x y) : ops_scope.
Local Notation "x <=? y" := (leb o x y) : ops_scope.
Local Open Scope ops_scope.

(** At least |p(x)| = prod |1 - eta_t x| *)
Definition modulus (etas : list (frac I)) (x : frac I) : rounded :=
  fold_left
    (fun product eta =>
       let common := den eta * den x in
       times o true product
         (Frac (abs o (common - num eta * num x)) common))
    etas (rounded_one o).

(** x <= y. Lengths that differ decide without long shifts. *)
Definition at_most (x y : rounded (I := I)) : bool :=
  if mantissa x <=? 0
  then 0 <=? mantissa y
  else
    if mantissa y <=? 0
    then false
    else
      if (magnitude o x <? magnitude o y)%Z
      then
        if mantissa x <=? pow2 o (bit_length o (mantissa x))
        then pow2 o (bit_length o (mantissa y) - 1) <=? mantissa y
        else false
      else
        if (magnitude o y <? magnitude o x)%Z
        then false
        else
          let e := Z.min (exponent x) (exponent y) in
          mantissa x * pow2 o (Z.to_N (exponent x - e))
          <=? mantissa y * pow2 o (Z.to_N (exponent y - e)).

(** The larger one; at least both if they do not compare *)
Definition larger (x y : rounded (I := I)) : rounded :=
  if at_most x y
  then y
  else
    if at_most y x
    then x
    else
      Rounded (mantissa x + mantissa y) (Z.max (exponent x) (exponent y)).

(** x = middle +- radius (n^2 - j^2)/(n^2 + j^2), n^2 = [square] *)
Definition grid_points (middle radius : frac I) (square j : I)
    : frac I * frac I :=
  let offset :=
    fmul o radius (Frac (square - j * j) (square + j * j)) in
  (reduce o (fadd o middle offset), reduce o (fsub o middle offset)).

(** At least |p(x)| for x at j = 0 .. [grid], on both sides *)
Definition grid_maximum (etas : list (frac I)) (mu l : frac I) (grid : N)
    : rounded :=
  let middle := reduce o (fdiv o (fadd o mu l) (ftwo o)) in
  let radius := reduce o (fdiv o (fsub o l mu) (ftwo o)) in
  let n := of_count o grid in
  let square := n * n in
  snd
    (N.iter (N.succ grid)
       (fun state : I * rounded =>
          let (j, largest) := state in
          let (x, y) := grid_points middle radius square j in
          (j + 1, larger (larger largest (modulus etas x)) (modulus etas y)))
       (0, Rounded 0 0)).

(** A fraction that is at least x, and x itself unless that is below 2^-4097;
    none if it is too long *)
Definition rounded_bound (x : rounded (I := I)) : option (frac I) :=
  if mantissa x <=? 0
  then Some (fzero o)
  else
    if if (exponent x <=? 0)%Z then (magnitude o x <? -4096)%Z else false
    then
      if mantissa x <=? pow2 o (bit_length o (mantissa x))
      then Some (Frac 1 (pow2 o 4096))
      else None
    else
      if (Z.to_N (Z.abs (exponent x)) <=? max_bits bounds)%N
      then Some (of_rounded o x)
      else None.

(** c / (1 - T^2/(2 N^2)) *)
Definition grid_bound (c : frac I) (grid : N) : frac I :=
  let n := of_count o grid in
  let t := of_count o (loops i) in
  let twice := (1 + 1) * (n * n) in
  reduce o (fdiv o c (Frac (twice - t * t) twice)).

Definition contraction_schedule (grid : N) (premises : conclusions) : result :=
  match premises with
  | [HasSmallestAtLeast mu _; HasLambdaMaxAtMost l] =>
      match steps i with
      | Schedule etas =>
          require (loops i <? grid)%N else Grid;
          let_some c := rounded_bound (grid_maximum etas mu l grid)
            else Limit;
          let bound := grid_bound c grid in
          require flt o bound (fone o) else NotContracting;
          Proved (Contracts false (Value bound))
      | _ => Refused StepKind
      end
  | _ => Refused PremiseKind
  end.

(** The work of that, estimated in products of words *)
Definition schedule_work (grid : N) (premises : conclusions) : N :=
  match premises, steps i with
  | [HasSmallestAtLeast mu _; HasLambdaMaxAtMost l], Schedule etas =>
      if (loops i <? grid)%N
      then
        let bits :=
          N.max (bit_length o (den mu) + bit_length o (num l))
            (longest_frac o etas) in
        (2 * loops i * grid * (50 * words bits + 16))%N
      else 0%N
  | _, _ => 0%N
  end.

End Schedule.
