(** One pass of the attention is one step of gradient descent, CHEN2024,
    Section 4.

    - [lemma_4_1]: Lemma 4.1, on every entry of the (n+1) x (d+1) prompt
    - [theorem_4_2]: Theorem 4.2, the whole prompt after t loops, for any
      schedule and any q(0)
    - [theorem_4_2_output]: Theorem 4.2, TF = alpha theta(T)

    Exports: these and [vecmul] (q'A). *)

From Coq Require Import Reals Lra Lia Arith Bool.
From Loopcert Require Import Vectors Model.

Local Open Scope R_scope.

(** q'A, A of d rows *)
Definition vecmul (d : nat) (q : vec) (A : mat) : vec :=
  fun j => sum d (fun k => q k * A k j).

(** A product with Q = I changes nothing. *)
Lemma mulmm_key_query d Z i k :
  (k < d)%nat -> mulmm d Z key_query i k = Z i k.
Proof.
intros k_lt; unfold mulmm.
rewrite (sum_pick d k); [| exact k_lt |].
- unfold key_query; rewrite Nat.eqb_refl; ring.
- intros c c_lt c_ne; unfold key_query.
  rewrite (proj2 (Nat.eqb_neq c k) c_ne); ring.
Qed.

(** A product with P keeps the first d columns and clears the last one. *)
Lemma mulmm_value_output d A i j :
  (j <= d)%nat ->
  mulmm (S d) A (value_output d) i j = if (j <? d)%nat then A i j else 0.
Proof.
intros j_le; unfold mulmm.
rewrite (sum_pick (S d) j); [| lia |].
- unfold value_output; rewrite Nat.eqb_refl; simpl.
  destruct (j <? d)%nat; ring.
- intros c c_lt c_ne; unfold value_output.
  rewrite (proj2 (Nat.eqb_neq c j) c_ne); simpl; ring.
Qed.

(** The attention entry by entry: the last row attends to the others. *)
Lemma attention_entry n d Z i j :
  (i <= n)%nat -> (j <= d)%nat ->
  attention n d Z i j =
  if ((i =? n) && (j <? d))%nat%bool
  then sum n (fun r => sum (S d) (fun c => Z n c * Z r c) * Z r j)
  else 0.
Proof.
intros i_le j_le; unfold attention.
rewrite mulmm_value_output by exact j_le.
destruct (j <? d)%nat; [| rewrite andb_false_r; reflexivity].
rewrite andb_true_r; unfold mulmm at 1.
destruct (Nat.eq_dec i n) as [i_eq | i_ne].
- subst i; rewrite Nat.eqb_refl, sum_S.
  assert (last_zero : hadamard (mask n)
    (mulmm (S d) (mulmm (S d) Z key_query) (tr Z)) n n = 0).
  { unfold hadamard, mask; rewrite Nat.ltb_irrefl, andb_false_r; ring. }
  rewrite last_zero, Rmult_0_l, Rplus_0_r.
  apply sum_ext; intros r r_lt; f_equal.
  unfold hadamard, mask.
  rewrite Nat.eqb_refl, (proj2 (Nat.ltb_lt r n) r_lt); simpl andb.
  rewrite Rmult_1_l; unfold mulmm at 1; apply sum_ext; intros c c_lt.
  rewrite mulmm_key_query by exact c_lt; reflexivity.
- rewrite (proj2 (Nat.eqb_neq i n) i_ne).
  apply sum_zero; intros r _; unfold hadamard, mask.
  rewrite (proj2 (Nat.eqb_neq i n) i_ne); simpl; ring.
Qed.

(** The attention depends on the (n+1) x (d+1) prompt only. *)
Lemma attention_ext n d Z W :
  (forall i j, (i <= n)%nat -> (j <= d)%nat -> Z i j = W i j) ->
  forall i j, (i <= n)%nat -> (j <= d)%nat ->
  attention n d Z i j = attention n d W i j.
Proof.
intros zw_eq i j i_le j_le.
rewrite !attention_entry by assumption.
destruct ((i =? n) && (j <? d))%nat%bool; [| reflexivity].
apply sum_ext; intros r r_lt.
rewrite (zw_eq r j) by lia; f_equal.
apply sum_ext; intros c c_lt; rewrite !zw_eq by lia; reflexivity.
Qed.

Lemma prompt_example n d X y q alpha i j :
  (i < n)%nat -> (j < d)%nat -> prompt n d X y q alpha i j = X i j.
Proof.
intros i_lt j_lt; unfold prompt.
rewrite (proj2 (Nat.ltb_lt i n) i_lt), (proj2 (Nat.ltb_lt j d) j_lt).
reflexivity.
Qed.

Lemma prompt_label n d X y q alpha i :
  (i < n)%nat -> prompt n d X y q alpha i d = y i.
Proof.
intros i_lt; unfold prompt.
rewrite (proj2 (Nat.ltb_lt i n) i_lt), Nat.ltb_irrefl; reflexivity.
Qed.

Lemma prompt_vector n d X y q alpha j :
  (j < d)%nat -> prompt n d X y q alpha n j = q j.
Proof.
intros j_lt; unfold prompt.
rewrite Nat.ltb_irrefl, (proj2 (Nat.ltb_lt j d) j_lt); reflexivity.
Qed.

Lemma prompt_query n d X y q alpha : prompt n d X y q alpha n d = alpha.
Proof. unfold prompt; rewrite !Nat.ltb_irrefl; reflexivity. Qed.

(** Attn(Z) = [[0, 0], [q'G + alpha b', 0]] *)
Theorem lemma_4_1 n d X y q alpha :
  forall i j, (i <= n)%nat -> (j <= d)%nat ->
  attention n d (prompt n d X y q alpha) i j =
  if ((i =? n) && (j <? d))%nat%bool
  then vecmul d q (gram n X) j + alpha * moment n X y j
  else 0.
Proof.
intros i j i_le j_le; rewrite attention_entry by assumption.
destruct (i =? n)%nat; [| reflexivity].
destruct (Nat.ltb_spec j d) as [j_lt | d_le]; [| reflexivity].
simpl andb; cbv iota.
transitivity (sum n (fun r =>
  sum d (fun k => q k * (X r k * X r j)) + alpha * (X r j * y r))).
- apply sum_ext; intros r r_lt.
  rewrite (prompt_example n d X y q alpha r j), sum_S by assumption.
  rewrite prompt_query, prompt_label by exact r_lt.
  rewrite Rmult_plus_distr_r; f_equal; [| ring].
  rewrite Rmult_comm, <- sum_scale; apply sum_ext; intros k k_lt.
  rewrite prompt_vector, prompt_example by assumption; ring.
- rewrite sum_add, sum_scale; f_equal.
  rewrite sum_swap; apply sum_ext; intros k _.
  rewrite sum_scale; reflexivity.
Qed.

(** G is symmetric, so that (q'G)' = G q. *)
Lemma gram_sym n X i j : gram n X i j = gram n X j i.
Proof. apply sum_ext; intros; unfold tr; ring. Qed.

Lemma vecmul_gram n d X q j :
  vecmul d q (gram n X) j = mulmv d (gram n X) q j.
Proof.
apply sum_ext; intros k _; rewrite (gram_sym n X k j); ring.
Qed.

(** Z(t) = [[X, y], [-alpha theta(t)', alpha]] with
    theta(0) = -q(0)/alpha *)
Theorem theorem_4_2 n d eta X y q alpha :
  alpha <> 0 ->
  forall t i j, (i <= n)%nat -> (j <= d)%nat ->
  loop n d eta (prompt n d X y q alpha) t i j =
  prompt n d X y
    (vscale (- alpha) (descent n d eta X y (first_iterate q alpha) t))
    alpha i j.
Proof.
intros alpha_ne0 t; induction t as [| t IHt]; intros i j i_le j_le.
- simpl; unfold prompt; destruct (i <? n)%nat; [reflexivity |].
  destruct (j <? d)%nat; [| reflexivity].
  unfold vscale, first_iterate; field; exact alpha_ne0.
- simpl loop; rewrite IHt by assumption.
  rewrite (attention_ext n d _ _ IHt) by assumption.
  rewrite lemma_4_1 by assumption.
  destruct (Nat.eqb_spec i n) as [i_eq | i_ne].
  + subst i; destruct (Nat.ltb_spec j d) as [j_lt | d_le]; simpl andb.
    * cbv iota; rewrite !prompt_vector by exact j_lt.
      rewrite vecmul_gram, mulmv_scale; simpl descent.
      unfold vscale, vsub, gradient, vsub; ring.
    * cbv iota; replace j with d by lia; rewrite !prompt_query; ring.
  + simpl andb; cbv iota; unfold prompt.
    rewrite (proj2 (Nat.ltb_lt i n)) by lia; ring.
Qed.

(** TF = alpha theta(T) *)
Theorem theorem_4_2_output n d eta X y q alpha T :
  alpha <> 0 ->
  veq d (transformer n d eta (prompt n d X y q alpha) T)
    (vscale alpha (descent n d eta X y (first_iterate q alpha) T)).
Proof.
intros alpha_ne0 j j_lt; unfold transformer.
rewrite theorem_4_2, prompt_vector by (assumption || lia).
unfold vscale; ring.
Qed.
