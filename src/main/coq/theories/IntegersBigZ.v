(** The integers of Bignums, which are made of machine integers, as integers of
    the checker: what a generated file computes with inside Coq.

    Exports: [integers_bigZ], [value_bigZ], [exact_bigZ], [of_int],
    [of_ints], [of_digits], [of_digit_lists]. *)

From Coq Require Import Reals NArith ZArith List Uint63.
From Bignums Require Import BigZ.
From Loopcert Require Import Certificate.

Definition bit_length_bigZ (z : bigZ) : N :=
  if BigZ.eqb z BigZ.zero
  then 0
  else Z.to_N (Z.succ (BigZ.to_Z (BigZ.log2 (BigZ.abs z)))).

(** Rounding divides by powers of two, for which shifts are much faster. *)
Definition quotient_bigZ (x y : bigZ) : bigZ :=
  let k := BigZ.log2 y in
  if BigZ.eqb (BigZ.shiftl BigZ.one k) y
  then BigZ.shiftr x k
  else BigZ.div x y.

Definition integers_bigZ : ops bigZ :=
  Ops bigZ BigZ.zero BigZ.one BigZ.add BigZ.sub BigZ.mul BigZ.leb BigZ.eqb
    (fun k => BigZ.of_Z (Z.of_N k)) quotient_bigZ BigZ.gcd bit_length_bigZ.

Definition value_bigZ (z : bigZ) : R := IZR (BigZ.to_Z z).

Lemma exact_bigZ : exact integers_bigZ value_bigZ.
Proof.
constructor; simpl; unfold value_bigZ.
- reflexivity.
- reflexivity.
- intros x y; rewrite BigZ.spec_add; apply plus_IZR.
- intros x y; rewrite BigZ.spec_sub; apply minus_IZR.
- intros x y; rewrite BigZ.spec_mul; apply mult_IZR.
- intros x y; rewrite BigZ.spec_leb, Z.leb_le.
  split; [apply IZR_le | apply le_IZR].
- intros x y; rewrite BigZ.spec_eqb, Z.eqb_eq.
  split; [apply IZR_eq | apply eq_IZR].
- intros k; rewrite BigZ.spec_of_Z; reflexivity.
- intros x; exists (BigZ.to_Z x); reflexivity.
Qed.

(** Literals. A machine integer stands for itself, from -2^62 to 2^62 - 1 as
    [Sint63] writes it. *)
Definition of_int (k : int) : bigZ :=
  if (k <? 4611686018427387904)%uint63
  then BigZ.Pos (BigN.N0 k)
  else BigZ.Neg (BigN.N0 (- k)%uint63).

Definition of_ints (l : list int) : list bigZ := map of_int l.

(** The value of digits over 2^62, the last one first *)
Definition of_digits (l : list int) : bigZ :=
  fold_right
    (fun k value => BigZ.add (of_int k)
       (BigZ.mul (of_int 2305843009213693952) (BigZ.add value value)))
    BigZ.zero l.

(** A list of integers by their digits: the last digits of all, then the ones
    before, as far as any of them goes *)
Fixpoint join (low : list int) (high : list bigZ) : list bigZ :=
  match low, high with
  | k :: low, v :: high =>
      BigZ.add (of_int k)
        (BigZ.mul (of_int 2305843009213693952) (BigZ.add v v))
      :: join low high
  | _, _ => of_ints low
  end.

Definition of_digit_lists (l : list (list int)) : list bigZ :=
  fold_right join nil l.
