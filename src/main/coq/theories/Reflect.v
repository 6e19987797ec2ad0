(** What the checker computes, over the real numbers: fractions and lists of
    integers as numbers, vectors and matrices.

    Exports: [reals], [integers], laws of sums and of lists read as vectors, and
    the entries of D^2 G and D^2 b. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Import Vectors Model Certificate Meaning.

Local Open Scope R_scope.

(** * Sums taken from the front *)

Lemma sum_head n f : sum (S n) f = f 0%nat + sum n (fun i => f (S i)).
Proof.
induction n as [| n IHn]; [simpl; ring |].
rewrite sum_S, IHn; simpl; ring.
Qed.

Lemma prod_head n f : prod (S n) f = f 0%nat * prod n (fun i => f (S i)).
Proof.
induction n as [| n IHn]; [simpl; ring |].
change (prod (S (S n)) f) with (prod (S n) f * f (S n)).
rewrite IHn; simpl; ring.
Qed.

Lemma prod_ext n f g :
  (forall i, (i < n)%nat -> f i = g i) -> prod n f = prod n g.
Proof.
induction n as [| n IHn]; intros fg_eq; simpl; [reflexivity |].
rewrite IHn, fg_eq; [reflexivity | lia | intros; apply fg_eq; lia].
Qed.

Lemma sum_constant n f c : (forall i, f i = c) -> sum n f = INR n * c.
Proof.
intros f_eq; induction n as [| n IHn]; [simpl; ring |].
rewrite sum_S, IHn, f_eq, S_INR; ring.
Qed.

Lemma prod_constant n c : prod n (fun _ => c) = c ^ n.
Proof. induction n as [| n IHn]; simpl; [| rewrite IHn]; ring. Qed.

Section Reflect.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).

Local Notation frac_value := (fraction value).

(** * Integers *)

Lemma leb_value x y : leb o x y = true <-> value x <= value y.
Proof. apply (value_leb o value o_exact). Qed.

Lemma leb_false x y : leb o x y = false -> value y < value x.
Proof.
intros leb_eq; destruct (Rlt_or_le (value y) (value x)) as [lt | le].
- exact lt.
- apply leb_value in le; congruence.
Qed.

Lemma eqb_value x y : eqb o x y = true <-> value x = value y.
Proof. apply (value_eqb o value o_exact). Qed.

Lemma eqb_false x y : eqb o x y = false -> value x <> value y.
Proof. intros eqb_eq value_eq; apply eqb_value in value_eq; congruence. Qed.

Lemma value_nat k : value (of_count o k) = INR (N.to_nat k).
Proof.
rewrite (value_count o value o_exact), INR_IZR_INZ, N_nat_Z; reflexivity.
Qed.

(** * Lists of integers as vectors *)

(** The list as a vector, 0 behind its end *)
Definition reals (l : list I) : vec := fun i => nth i (map value l) 0.

(** A list of rows, or of columns, by number and place *)
Definition integers (rows : list (list I)) : mat :=
  fun i j => reals (nth i rows nil) j.

Lemma reals_nil i : reals nil i = 0.
Proof. destruct i; reflexivity. Qed.

Lemma dot_reals_nil_l n v : dot n (reals nil) v = 0.
Proof. apply sum_zero; intros; rewrite reals_nil; ring. Qed.

Lemma dot_reals_nil_r n v : dot n v (reals nil) = 0.
Proof. apply sum_zero; intros; rewrite reals_nil; ring. Qed.

Lemma dot_reals_cons n x y u v :
  dot (S n) (reals (x :: u)) (reals (y :: v))
  = value x * value y + dot n (reals u) (reals v).
Proof. unfold dot; rewrite sum_head; reflexivity. Qed.

(** * Fractions *)

Lemma entries_nil i : entries value nil i = 0.
Proof. destruct i; reflexivity. Qed.

(** * The instance *)

Variable i : instance I.

Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation y := (labels_y value i).
Local Notation D := (value (scale i)).

(** D X has the integers of the columns. *)
Lemma examples_entry r c : X r c = integers (columns i) c r / D.
Proof. reflexivity. Qed.

Lemma labels_entry r : y r = reals (labels i) r / D.
Proof. reflexivity. Qed.

Hypothesis D_gt0 : 0 < D.

Lemma gram_entry j k :
  D * D * gram n X j k
  = dot n (integers (columns i) j) (integers (columns i) k).
Proof.
unfold gram, mulmm, dot; rewrite <- sum_scale; apply sum_ext; intros r _.
unfold tr; rewrite !examples_entry; field; lra.
Qed.

Lemma moment_entry j :
  D * D * moment n X y j
  = dot n (integers (columns i) j) (reals (labels i)).
Proof.
unfold moment, mulmv, dot; rewrite <- sum_scale; apply sum_ext; intros r _.
unfold tr; rewrite examples_entry, labels_entry; field; lra.
Qed.

Lemma label_square :
  D * D * dot n y y = dot n (reals (labels i)) (reals (labels i)).
Proof.
unfold dot; rewrite <- sum_scale; apply sum_ext; intros r _.
rewrite labels_entry; field; lra.
Qed.

(** D X v row by row *)
Lemma examples_mulmv v r :
  D * mulmv d X v r = sum d (fun c => v c * integers (columns i) c r).
Proof.
unfold mulmv, dot; rewrite <- sum_scale; apply sum_ext; intros c _.
rewrite examples_entry; field; lra.
Qed.

(** v'Gv = |Xv|^2 *)
Lemma energy_gram v : energy n d X v = dot d v (mulmv d (gram n X) v).
Proof.
unfold energy; rewrite dot_mulmv_tr; apply dot_ext; [intros k _; reflexivity |].
intros k _; unfold mulmv, gram, mulmm, dot.
transitivity (sum n (fun r => sum d (fun c => X r k * (X r c * v c)))).
- apply sum_ext; intros r _; unfold tr; rewrite sum_scale; reflexivity.
- rewrite sum_swap; apply sum_ext; intros c _.
  rewrite Rmult_comm, <- sum_scale; apply sum_ext; intros; unfold tr; ring.
Qed.

End Reflect.
