(** Soundness of the numbers of 128 bits that [Values] rounds in one direction:
    the direction is right whatever [quotient] and [bit_length] propose.

    Exports
    - [rounded_value]: mantissa * 2^exponent; [rounded_ge0]
    - [normal_up], [normal_down], [times_up], [squared_up], [squared_down]
    - [rounded_one_value], [of_rounded_proper], [of_rounded_value] *)

From Coq Require Import Reals Lra Lia Arith NArith ZArith List.
From Loopcert Require Import Certificate Meaning Reflect Arithmetic Values.
From Loopcert Require Import Exactness.

Local Open Scope R_scope.

Section Rounding.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).

Local Notation fraction := (fraction value).
Local Notation proper := (proper value).
Local Notation rounded := (rounded (I := I)).
Local Notation two_to e := (powerRZ 2 e).

Definition rounded_value (x : rounded) : R :=
  value (mantissa x) * two_to (exponent x).

(** * Powers of 2 *)

Lemma two_to_gt0 e : 0 < two_to e.
Proof. apply powerRZ_lt; lra. Qed.

Lemma two_to_add d e : two_to (d + e) = two_to d * two_to e.
Proof. apply powerRZ_add; lra. Qed.

Lemma two_to_opp e : two_to (- e) = / two_to e.
Proof. apply powerRZ_neg'. Qed.

Lemma two_to_le d e : (d <= e)%Z -> two_to d <= two_to e.
Proof.
intros de_le; replace e with (d + Z.of_nat (Z.to_nat (e - d)))%Z by lia.
rewrite two_to_add, <- pow_powerRZ.
assert (power_ge1 : 1 <= 2 ^ Z.to_nat (e - d)) by (apply pow_R1_Rle; lra).
assert (d_gt0 := two_to_gt0 d); nra.
Qed.

Lemma pow2_two_to k : value (pow2 o k) = two_to (Z.of_N k).
Proof.
rewrite (value_pow2 o value o_exact), pow_powerRZ, N_nat_Z; reflexivity.
Qed.

Lemma pow2_ge1 k : 1 <= value (pow2 o k).
Proof. rewrite (value_pow2 o value o_exact); apply pow_R1_Rle; lra. Qed.

(** An integer above 0 *)
Lemma integer_ge1 x : 0 < value x -> 1 <= value x.
Proof.
destruct (value_integer o value o_exact x) as (k & k_eq); rewrite k_eq.
intros k_gt0; apply lt_IZR in k_gt0; apply IZR_le; lia.
Qed.

Lemma value_maximum x z :
  value (maximum o x z) = Rmax (value x) (value z).
Proof.
unfold maximum; destruct (leb o x z) eqn:leb_eq.
- apply (leb_value o value o_exact) in leb_eq.
  rewrite Rmax_right by exact leb_eq; reflexivity.
- apply (leb_false o value o_exact) in leb_eq.
  rewrite Rmax_left by lra; reflexivity.
Qed.

(** * Rounding *)

Lemma rounded_ge0 x : 0 <= value (mantissa x) <-> 0 <= rounded_value x.
Proof.
unfold rounded_value; assert (scale_gt0 := two_to_gt0 (exponent x)); split.
- intros mantissa_ge0; apply Rmult_le_pos; lra.
- intros value_ge0; apply (Rmult_le_reg_r (two_to (exponent x))); lra.
Qed.

Lemma rounded_one_value : rounded_value (rounded_one o) = 1.
Proof.
unfold rounded_value; simpl; rewrite (value_one o value o_exact); ring.
Qed.

Lemma normal_up v e : value v * two_to e <= rounded_value (normal o true v e).
Proof.
unfold rounded_value, normal; simpl.
set (excess := (bit_length o v - 128)%N).
assert (unit_ge1 := pow2_ge1 excess).
assert (quotient_le := ceiling_ge o value o_exact v (pow2 o excess)
  ltac:(lra) unit_ge1).
rewrite Z.add_comm, two_to_add, <- pow2_two_to, <- Rmult_assoc.
apply Rmult_le_compat_r; [left; apply two_to_gt0 |].
apply (Rmult_le_compat_r (value (pow2 o excess))) in quotient_le; [| lra].
unfold Rdiv in quotient_le; rewrite Rmult_assoc, Rinv_l in quotient_le; lra.
Qed.

Lemma normal_down v e :
  rounded_value (normal o false v e) <= value v * two_to e.
Proof.
unfold rounded_value, normal; simpl.
set (excess := (bit_length o v - 128)%N).
assert (unit_ge1 := pow2_ge1 excess).
assert (quotient_le := floor_le o value o_exact v (pow2 o excess)
  ltac:(lra) unit_ge1).
rewrite Z.add_comm, two_to_add, <- pow2_two_to, <- Rmult_assoc.
apply Rmult_le_compat_r; [left; apply two_to_gt0 |].
apply (Rmult_le_compat_r (value (pow2 o excess))) in quotient_le; [| lra].
unfold Rdiv in quotient_le; rewrite Rmult_assoc, Rinv_l in quotient_le; lra.
Qed.

(** f = (num f 2^shift / den f) 2^-shift *)
Lemma scaled_fraction f k : proper f ->
  fraction f
  = value (mul o (num f) (pow2 o k)) / value (den f) * two_to (- Z.of_N k).
Proof.
unfold Exactness.proper; intros den_gt0; assert (unit_gt0 := pow2_ge1 k).
rewrite (value_mul o value o_exact), two_to_opp, <- pow2_two_to.
unfold Meaning.fraction; field; lra.
Qed.

Lemma times_up x f : 0 <= value (mantissa x) -> proper f ->
  rounded_value x * fraction f <= rounded_value (times o true x f).
Proof.
intros mantissa_ge0 f_proper; unfold times.
set (shift := (bit_length o (den f) + 128 - bit_length o (num f))%N).
set (scaled := mul o (num f) (pow2 o shift)).
eapply Rle_trans; [| apply normal_up].
rewrite (value_mul o value o_exact), value_maximum.
unfold Z.sub; rewrite two_to_add, (scaled_fraction f shift f_proper).
fold scaled; unfold rounded_value.
assert (den_ge1 := integer_ge1 _ f_proper).
assert (quotient_le := ceiling_ge o value o_exact scaled (den f)
  f_proper den_ge1).
assert (max_ge := Rmax_l (value (ceiling o scaled (den f))) (value (zero o))).
set (q := Rmax _ _) in *; set (r := value scaled / value (den f)) in *.
replace (value (mantissa x) * two_to (exponent x)
         * (r * two_to (- Z.of_N shift)))
  with (value (mantissa x) * r
        * (two_to (exponent x) * two_to (- Z.of_N shift))) by ring.
apply Rmult_le_compat_r.
- rewrite <- two_to_add; left; apply two_to_gt0.
- apply Rmult_le_compat_l; lra.
Qed.

(** A number below 0 stands for 0. *)
Lemma square_value x :
  value (mul o (maximum o (mantissa x) (zero o))
           (maximum o (mantissa x) (zero o))) * two_to (2 * exponent x)
  = Rmax (rounded_value x) 0 * Rmax (rounded_value x) 0.
Proof.
replace (2 * exponent x)%Z with (exponent x + exponent x)%Z by lia.
rewrite two_to_add, (value_mul o value o_exact), value_maximum.
rewrite (value_zero o value o_exact); unfold rounded_value.
assert (unit_gt0 := two_to_gt0 (exponent x)).
assert (max_eq : Rmax (value (mantissa x) * two_to (exponent x)) 0
                 = Rmax (value (mantissa x)) 0 * two_to (exponent x)).
{ destruct (Rle_lt_dec (value (mantissa x)) 0) as [m_le0 | m_gt0].
  - rewrite !Rmax_right; [ring | exact m_le0 | nra].
  - rewrite !Rmax_left; [ring | lra |].
    left; apply Rmult_lt_0_compat; assumption. }
rewrite max_eq; ring.
Qed.

Lemma squared_up x : 0 <= rounded_value x ->
  rounded_value x * rounded_value x <= rounded_value (squared o true x).
Proof.
intros x_ge0; apply Rle_trans with (2 := normal_up _ _).
rewrite square_value, Rmax_left by exact x_ge0; apply Rle_refl.
Qed.

Lemma squared_down x y : rounded_value x <= y -> 0 <= y ->
  rounded_value (squared o false x) <= y * y.
Proof.
intros x_le y_ge0; apply Rle_trans with (1 := normal_down _ _).
rewrite square_value; assert (max_le := Rmax_lub _ _ _ x_le y_ge0).
apply Rmult_le_compat; try apply Rmax_r; exact max_le.
Qed.

Lemma of_rounded_proper x : proper (of_rounded o x).
Proof.
unfold of_rounded, Exactness.proper.
destruct (exponent x) as [| k | k]; simpl.
- rewrite (value_one o value o_exact); lra.
- rewrite (value_one o value o_exact); lra.
- assert (unit_ge1 := pow2_ge1 (Npos k)); simpl in unit_ge1; lra.
Qed.

Lemma of_rounded_value x : fraction (of_rounded o x) = rounded_value x.
Proof.
unfold of_rounded, rounded_value; destruct (exponent x) as [| k | k].
- rewrite (fraction_of_int o value o_exact), (value_mul o value o_exact).
  rewrite pow2_two_to; reflexivity.
- rewrite (fraction_of_int o value o_exact), (value_mul o value o_exact).
  rewrite pow2_two_to; reflexivity.
- unfold Meaning.fraction.
  change (Z.neg k) with (- Z.of_N (Npos k))%Z.
  rewrite two_to_opp, <- pow2_two_to; reflexivity.
Qed.

End Rounding.
