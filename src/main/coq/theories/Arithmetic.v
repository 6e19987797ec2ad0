(** Integers, fractions and lists of them, over any [ops].

    Every function is total and sound whatever [quotient], [gcd] and
    [bit_length] return: what they propose is multiplied out, and where it does
    not fit there is another answer that is correct too. Lists of n entries are
    only folded, so that long ones need no stack.

    Exports: [ltb], [is_positive], [neg], [abs], [pow2], [floor], [ceiling];
    [valid], [fadd], [fsub], [fmul], [fdiv], [finv], [fle], [flt], [feq],
    [reduce]; [dot], [combination], [multiply], [over_common];
    [words], [longest]. *)

From Coq Require Import NArith List.
From Loopcert Require Import Certificate.

Import ListNotations.

Declare Scope ops_scope.

(** Lists *)

Fixpoint all {A : Type} (f : A -> bool) (l : list A) : bool :=
  match l with
  | [] => true
  | x :: rest => if f x then all f rest else false
  end.

Fixpoint same_length {A B : Type} (u : list A) (v : list B) : bool :=
  match u, v with
  | [], [] => true
  | _ :: u, _ :: v => same_length u v
  | _, _ => false
  end.

Definition count {A : Type} (l : list A) : N :=
  fold_left (fun k _ => N.succ k) l 0%N.

(** Words of 64 bits that a number of so many bits takes *)
Definition words (bits : N) : N := (bits / 64 + 1)%N.

Section Arithmetic.

Context {I : Type} (o : ops I).

Local Notation "0" := (zero o) : ops_scope.
Local Notation "1" := (one o) : ops_scope.
Local Notation "x + y" := (add o x y) : ops_scope.
Local Notation "x - y" := (sub o x y) : ops_scope.
Local Notation "x * y" := (mul o x y) : ops_scope.
Local Notation "x <=? y" := (leb o x y) : ops_scope.
Local Notation "x =? y" := (eqb o x y) : ops_scope.
Local Open Scope ops_scope.

(** Integers *)

Definition ltb (x y : I) : bool := negb (y <=? x).

(** For integers the same as to be larger than 0 *)
Definition is_positive (x : I) : bool := 1 <=? x.

Definition neg (x : I) : I := 0 - x.
Definition abs (x : I) : I := if 0 <=? x then x else neg x.
Definition minimum (x y : I) : I := if x <=? y then x else y.
Definition maximum (x y : I) : I := if x <=? y then y else x.

Fixpoint power (x : I) (k : positive) : I :=
  match k with
  | xH => x
  | xO k => let h := power x k in h * h
  | xI k => let h := power x k in x * (h * h)
  end.

(** 2^k *)
Definition pow2 (k : N) : I :=
  match k with
  | N0 => 1
  | Npos k => power (1 + 1) k
  end.

(** A number at most a/b, b >= 1; the largest integer if [quotient] is right *)
Definition floor (a b : I) : I :=
  let q := quotient o a b in
  if q * b <=? a then q else neg (abs a).

(** A number at least a/b, b >= 1 *)
Definition ceiling (a b : I) : I := neg (floor (neg a) b).

(** a/b where that is an integer *)
Definition exact_quotient (a b : I) : option I :=
  let q := quotient o a b in
  if q * b =? a then Some q else None.

(** Fractions. All functions keep denominators at least 1. *)

Definition valid (f : frac I) : bool := is_positive (den f).

Definition of_int (x : I) : frac I := Frac x 1.
Definition of_N (k : N) : frac I := of_int (of_count o k).
Definition fzero : frac I := of_int 0.
Definition fone : frac I := of_int 1.
Definition ftwo : frac I := of_int (1 + 1).

Definition fadd (x y : frac I) : frac I :=
  Frac (num x * den y + num y * den x) (den x * den y).
Definition fsub (x y : frac I) : frac I :=
  Frac (num x * den y - num y * den x) (den x * den y).
Definition fmul (x y : frac I) : frac I :=
  Frac (num x * num y) (den x * den y).
Definition fneg (x : frac I) : frac I := Frac (neg (num x)) (den x).
Definition fabs (x : frac I) : frac I := Frac (abs (num x)) (den x).

(** x/y for y > 0 *)
Definition fdiv (x y : frac I) : frac I :=
  Frac (num x * den y) (den x * num y).

(** 1/x for x different from 0 *)
Definition finv (x : frac I) : frac I :=
  if 0 <=? num x
  then Frac (den x) (num x)
  else Frac (neg (den x)) (neg (num x)).

Definition fle (x y : frac I) : bool := num x * den y <=? num y * den x.
Definition flt (x y : frac I) : bool := negb (fle y x).
Definition feq (x y : frac I) : bool := num x * den y =? num y * den x.
Definition fmin (x y : frac I) : frac I := if fle x y then x else y.
Definition fmax (x y : frac I) : frac I := if fle x y then y else x.
Definition fpositive (x : frac I) : bool := is_positive (num x).
Definition fis_zero (x : frac I) : bool := num x =? 0.

(** The same number, in lowest terms if [gcd] is right *)
Definition reduce (x : frac I) : frac I :=
  let g := gcd o (num x) (den x) in
  if is_positive g
  then
    let n := quotient o (num x) g in
    let d := quotient o (den x) g in
    if is_positive d
    then
      if n * g =? num x
      then if d * g =? den x then Frac n d else x
      else x
    else x
  else x.

(** Vectors of integers *)

Fixpoint dot_from (sum : I) (u v : list I) : I :=
  match u, v with
  | x :: u, y :: v => dot_from (sum + x * y) u v
  | _, _ => sum
  end.

(** <u, v> *)
Definition dot (u v : list I) : I := dot_from 0 u v.

(** a u + b v *)
Fixpoint combination (a : I) (u : list I) (b : I) (v : list I) : list I :=
  match u, v with
  | x :: u, y :: v => (a * x + b * y) :: combination a u b v
  | _, _ => []
  end.

(** u + a v *)
Fixpoint plus_scaled (u : list I) (a : I) (v : list I) : list I :=
  match u, v with
  | x :: u, y :: v => (x + a * y) :: plus_scaled u a v
  | _, _ => []
  end.

Definition scaled (a : I) (u : list I) : list I := map (mul o a) u.

(** The matrix of these rows times v *)
Definition multiply (rows : list (list I)) (v : list I) : list I :=
  map (fun row => dot row v) rows.

Definition all_zero (u : list I) : bool := all (fun x => x =? 0) u.

(** Vectors of fractions *)

(** A multiple of [common] and of all denominators, if [gcd] and [quotient] are
    right; none if it is longer than [cap] bits *)
Fixpoint common_multiple (cap : N) (common : I) (l : list (frac I))
    : option I :=
  match l with
  | [] => Some common
  | x :: rest =>
      if quotient o common (den x) * den x =? common
      then common_multiple cap common rest
      else
        let more := common * quotient o (den x) (gcd o common (den x)) in
        if (bit_length o more <=? cap)%N
        then common_multiple cap more rest
        else None
  end.

(** The numerators over the denominator [common] *)
Fixpoint numerators (common : I) (l : list (frac I)) : option (list I) :=
  match l with
  | [] => Some []
  | x :: rest =>
      match exact_quotient common (den x) with
      | None => None
      | Some k =>
          match numerators common rest with
          | None => None
          | Some u => Some (num x * k :: u)
          end
      end
  end.

(** Integers u and D >= 1 with u/D = l *)
Definition over_common (cap : N) (l : list (frac I)) : option (list I * I) :=
  match common_multiple cap 1 l with
  | None => None
  | Some common =>
      if is_positive common
      then
        match numerators common l with
        | None => None
        | Some u => Some (u, common)
        end
      else None
  end.

Fixpoint sum_over (sum common : I) (l : list (frac I)) : option I :=
  match l with
  | [] => Some sum
  | x :: rest =>
      match exact_quotient common (den x) with
      | None => None
      | Some k => sum_over (sum + num x * k) common rest
      end
  end.

(** The sum of a list, which may be long *)
Definition fsum (cap : N) (l : list (frac I)) : option (frac I) :=
  match common_multiple cap 1 l with
  | None => None
  | Some common =>
      if is_positive common
      then
        match sum_over 0 common l with
        | None => None
        | Some sum => Some (reduce (Frac sum common))
        end
      else None
  end.

Fixpoint fequal (u v : list (frac I)) : bool :=
  match u, v with
  | [], [] => true
  | x :: u, y :: v => if feq x y then fequal u v else false
  | _, _ => false
  end.

(** Bit lengths, which nothing but the limits depends on *)

Definition longest (u : list I) : N :=
  fold_left (fun k x => N.max k (bit_length o x)) u 0%N.

Definition longest_of (rows : list (list I)) : N :=
  fold_left (fun k row => N.max k (longest row)) rows 0%N.

Definition frac_bits (x : frac I) : N :=
  (bit_length o (num x) + bit_length o (den x))%N.

Definition longest_frac (l : list (frac I)) : N :=
  fold_left (fun k x => N.max k (frac_bits x)) l 0%N.

Definition longest_den (l : list (frac I)) : I :=
  fold_left
    (fun common x =>
       if (bit_length o common <? bit_length o (den x))%N
       then den x
       else common) l 1.

(** At least the bits of a common denominator: those of the longest one, if it
    is a multiple of all, else those of the product *)
Definition den_bits (cap : N) (l : list (frac I)) : N :=
  let common := longest_den l in
  if all (fun x => quotient o common (den x) * den x =? common) l
  then bit_length o common
  else N.min cap (fold_left (fun k x => k + bit_length o (den x)) l 0)%N.

(** At least the bits of the entries over a common denominator *)
Definition common_bits (cap : N) (l : list (frac I)) : N :=
  (longest_frac l + den_bits cap l)%N.

End Arithmetic.
