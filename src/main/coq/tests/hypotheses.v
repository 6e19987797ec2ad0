(** Statements that must not go through: each drops a hypothesis of a theorem,
    or asks it for more than it says. The twin above each shows that it is the
    hypothesis that is missing, not something else. *)

From Coq Require Import Reals Lra NArith ZArith List.
From Loopcert Require Import Certificate Rules Checker Meaning Soundness.
From Loopcert Require Import IntegersZ.
From Loopcert Require Import Vectors Model Attention Convergence Stronger.

Local Open Scope R_scope.

Section Hypotheses.

Variables (n d T : nat) (X : mat) (y theta q : vec) (alpha kappa lmax : R).

Local Notation TF := (transformer n d (fun _ => 1 / lmax)
  (prompt n d X y vzero alpha) T).

(** Theorem 4.2 *)
Example with_query : alpha <> 0 ->
  veq d (transformer n d (fun _ => 1) (prompt n d X y q alpha) T)
    (vscale alpha (descent n d (fun _ => 1) X y (first_iterate q alpha) T)).
Proof. exact (theorem_4_2_output n d (fun _ => 1) X y q alpha T). Qed.

Fail Example without_query :
  veq d (transformer n d (fun _ => 1) (prompt n d X y q alpha) T)
    (vscale alpha (descent n d (fun _ => 1) X y (first_iterate q alpha) T))
  := theorem_4_2_output n d (fun _ => 1) X y q alpha T.

(** Theorem 4.4 *)
Example as_printed :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  full_rank n d X -> condition_number n d X kappa -> lambda_max n d X lmax ->
  Rabs (dot d TF theta - alpha) <= Rabs alpha * exp (- INR T / (2 * kappa)).
Proof. exact (theorem_4_4 n d X kappa lmax y alpha theta T). Qed.

Fail Example without_unit_norm :
  alpha <> 0 -> realizable n d X y theta ->
  full_rank n d X -> condition_number n d X kappa -> lambda_max n d X lmax ->
  Rabs (dot d TF theta - alpha) <= Rabs alpha * exp (- INR T / (2 * kappa))
  := theorem_4_4 n d X kappa lmax y alpha theta T.

Fail Example without_realizable_labels :
  alpha <> 0 -> norm d theta = 1 ->
  full_rank n d X -> condition_number n d X kappa -> lambda_max n d X lmax ->
  Rabs (dot d TF theta - alpha) <= Rabs alpha * exp (- INR T / (2 * kappa))
  := theorem_4_4 n d X kappa lmax y alpha theta T.

Fail Example without_rank :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  condition_number n d X kappa -> lambda_max n d X lmax ->
  Rabs (dot d TF theta - alpha) <= Rabs alpha * exp (- INR T / (2 * kappa))
  := theorem_4_4 n d X kappa lmax y alpha theta T.

Fail Example with_four_times_the_exponent :
  alpha <> 0 -> norm d theta = 1 -> realizable n d X y theta ->
  full_rank n d X -> condition_number n d X kappa -> lambda_max n d X lmax ->
  Rabs (dot d TF theta - alpha) <= Rabs alpha * exp (- INR T * 2 / kappa)
  := theorem_4_4 n d X kappa lmax y alpha theta T.

(** Fact 5.7 *)
Example at_least_one :
  1 <= kappa -> (1 - 1 / kappa) ^ T <= exp (- INR T / kappa).
Proof. exact (fact_5_7 kappa T). Qed.

Fail Example below_one : (1 - 1 / kappa) ^ T <= exp (- INR T / kappa)
  := fact_5_7 kappa T.

(** It is false there: kappa = 1/4 and T = 2 give (-3)^2 <= exp(-8). *)
Example false_below_one :
  ~ (1 - 1 / (1 / 4)) ^ 2 <= exp (- INR 2 / (1 / 4)).
Proof.
replace (- INR 2 / (1 / 4)) with (-8) by (simpl; field).
intros claimed.
assert (small : exp (-8) < exp 0) by (apply exp_increasing; lra).
rewrite exp_0 in small.
replace ((1 - 1 / (1 / 4)) ^ 2) with 9 in claimed by field; lra.
Qed.

(** A certificate that is not accepted says nothing. *)
Example accepted (bounds : limits) (c : certificate Z) l k :
  check integers_Z bounds c = Accepted l -> In k l ->
  holds IZR (about c) k.
Proof.
intros c_accepted; exact (check_sound _ _ exact_Z _ c l c_accepted k).
Qed.

Fail Example not_accepted (bounds : limits) (c : certificate Z) l k why :
  check integers_Z bounds c = Fails why k -> In k l -> holds IZR (about c) k
  := fun c_accepted => check_sound _ _ exact_Z _ c l c_accepted k.

(** Integers that are no integers *)
Fail Definition constant_value : exact integers_Z (fun _ => 0) := exact_Z.

End Hypotheses.
