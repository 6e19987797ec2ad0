(** The integers of Coq's standard library as integers of the checker.

    Exports: [integers_Z], [exact_Z]. *)

From Coq Require Import Reals NArith ZArith.
From Loopcert Require Import Certificate.

Definition bit_length_Z (z : Z) : N := N.size (Z.abs_N z).

Definition integers_Z : ops Z :=
  Ops Z 0%Z 1%Z Z.add Z.sub Z.mul Z.leb Z.eqb Z.of_N Z.div Z.gcd bit_length_Z.

Lemma exact_Z : exact integers_Z IZR.
Proof.
constructor; simpl.
- reflexivity.
- reflexivity.
- exact plus_IZR.
- exact minus_IZR.
- exact mult_IZR.
- intros x y; rewrite Z.leb_le; split; [apply IZR_le | apply le_IZR].
- intros x y; rewrite Z.eqb_eq; split; [apply IZR_eq | apply eq_IZR].
- reflexivity.
- intros x; exists x; reflexivity.
Qed.
