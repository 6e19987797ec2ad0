(** Extraction of the checker to OCaml. Booleans, options, pairs, lists and unit
    become those of OCaml ([ExtrOcamlBasic]); numbers of Coq stay as they are,
    and the integers of a certificate are whatever [operations] is given. *)

From Coq Require Import ExtrOcamlBasic NArith.
From Loopcert Require Import Certificate Checker.

Definition operations {I : Type} (zero one : I) (add sub mul : I -> I -> I)
    (leb eqb : I -> I -> bool) (of_count : N -> I)
    (quotient gcd : I -> I -> I) (bit_length : I -> N) : ops I :=
  Ops I zero one add sub mul leb eqb of_count quotient gcd bit_length.

Extraction "checker.ml" check operations.
