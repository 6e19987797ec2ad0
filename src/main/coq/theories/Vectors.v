(** Vectors and matrices as functions on the natural numbers, and finite sums.

    A vector of R^n is a function [nat -> R] of which the entries 0 .. n-1
    count, a matrix a function of row and column. Sizes are arguments of what is
    done with them, so that no sizes have to be compared.

    Exports: [sum], [prod], [dot], [norm], [mulmv], [mulmm], [tr], [vadd],
    [vsub], [vscale], [veq], and the laws of sums, products, inner products and
    norms, with [cauchy_schwarz] and [norm_triangle]. *)

From Coq Require Import Reals Lra Lia Arith.

Local Open Scope R_scope.

Definition vec := nat -> R.
Definition mat := nat -> nat -> R.

(** f 0 + .. + f (n-1) *)
Fixpoint sum (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 0
  | S m => sum m f + f m
  end.

(** f 0 * .. * f (n-1) *)
Fixpoint prod (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 1
  | S m => prod m f * f m
  end.

(** <u, v> in R^n *)
Definition dot (n : nat) (u v : vec) : R := sum n (fun i => u i * v i).

(** The Euclidean norm |v| in R^n *)
Definition norm (n : nat) (v : vec) : R := sqrt (dot n v v).

Definition vzero : vec := fun _ => 0.
Definition vadd (u v : vec) : vec := fun i => u i + v i.
Definition vsub (u v : vec) : vec := fun i => u i - v i.
Definition vscale (c : R) (v : vec) : vec := fun i => c * v i.

(** A v, A of d columns *)
Definition mulmv (d : nat) (A : mat) (v : vec) : vec := fun i => dot d (A i) v.

(** A B, A of m columns *)
Definition mulmm (m : nat) (A B : mat) : mat :=
  fun i j => sum m (fun k => A i k * B k j).

Definition tr (A : mat) : mat := fun i j => A j i.

(** The first n entries are equal. *)
Definition veq (n : nat) (u v : vec) : Prop :=
  forall i, (i < n)%nat -> u i = v i.

Lemma veq_refl n u : veq n u u.
Proof. intros i _; reflexivity. Qed.

Lemma veq_sym n u v : veq n u v -> veq n v u.
Proof. intros uv_eq i i_lt; symmetry; apply uv_eq; exact i_lt. Qed.

Lemma veq_trans n u v w : veq n u v -> veq n v w -> veq n u w.
Proof.
intros uv_eq vw_eq i i_lt; rewrite uv_eq by exact i_lt; apply vw_eq, i_lt.
Qed.

(** Sums *)

Lemma sum_ext n f g :
  (forall i, (i < n)%nat -> f i = g i) -> sum n f = sum n g.
Proof.
induction n as [| n IHn]; intros fg_eq; simpl.
- reflexivity.
- rewrite IHn.
  + rewrite fg_eq; [reflexivity | lia].
  + intros i i_lt; apply fg_eq; lia.
Qed.

Lemma sum_zero n f : (forall i, (i < n)%nat -> f i = 0) -> sum n f = 0.
Proof.
induction n as [| n IHn]; intros f_zero; simpl.
- reflexivity.
- rewrite IHn, f_zero; [lra | lia | intros i i_lt; apply f_zero; lia].
Qed.

Lemma sum_add n f g : sum n (fun i => f i + g i) = sum n f + sum n g.
Proof. induction n as [| n IHn]; simpl; [| rewrite IHn]; lra. Qed.

Lemma sum_sub n f g : sum n (fun i => f i - g i) = sum n f - sum n g.
Proof. induction n as [| n IHn]; simpl; [| rewrite IHn]; lra. Qed.

Lemma sum_scale n c f : sum n (fun i => c * f i) = c * sum n f.
Proof. induction n as [| n IHn]; simpl; [| rewrite IHn]; lra. Qed.

Lemma sum_opp n f : sum n (fun i => - f i) = - sum n f.
Proof. induction n as [| n IHn]; simpl; [| rewrite IHn]; lra. Qed.

Lemma sum_le n f g :
  (forall i, (i < n)%nat -> f i <= g i) -> sum n f <= sum n g.
Proof.
induction n as [| n IHn]; intros fg_le; simpl.
- lra.
- apply Rplus_le_compat.
  + apply IHn; intros i i_lt; apply fg_le; lia.
  + apply fg_le; lia.
Qed.

Lemma sum_ge0 n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum n f.
Proof.
intros f_ge0; rewrite <- (sum_zero n (fun _ => 0)); [| reflexivity].
apply sum_le, f_ge0.
Qed.

Lemma sum_swap m n (f : nat -> nat -> R) :
  sum m (fun i => sum n (fun j => f i j))
  = sum n (fun j => sum m (fun i => f i j)).
Proof.
induction m as [| m IHm]; simpl.
- rewrite sum_zero; reflexivity.
- rewrite IHm, <- sum_add; reflexivity.
Qed.

(** The terms from n on of a sum over n + 1 *)
Lemma sum_S n f : sum (S n) f = sum n f + f n.
Proof. reflexivity. Qed.

Lemma sum_pick n k f :
  (k < n)%nat -> (forall i, (i < n)%nat -> i <> k -> f i = 0) ->
  sum n f = f k.
Proof.
induction n as [| n IHn]; intros k_lt f_zero; [lia |].
simpl; destruct (Nat.eq_dec k n) as [k_eq | k_ne].
- subst k; rewrite sum_zero; [lra |].
  intros i i_lt; apply f_zero; lia.
- rewrite IHn, (f_zero n); [lra | lia | lia | lia |].
  intros i i_lt i_ne; apply f_zero; lia.
Qed.

Lemma sum_const n c : sum n (fun _ => c) = INR n * c.
Proof.
induction n as [| n IHn]; [simpl; ring |].
rewrite sum_S, IHn, S_INR; ring.
Qed.

(** Products *)

Lemma prod_const n c : prod n (fun _ => c) = c ^ n.
Proof. induction n as [| n IHn]; simpl; [| rewrite IHn]; ring. Qed.

Lemma prod_ge0 n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= prod n f.
Proof.
induction n as [| n IHn]; intros f_ge0; simpl; [lra |].
apply Rmult_le_pos.
- apply IHn; intros i i_lt; apply f_ge0; lia.
- apply f_ge0; lia.
Qed.

Lemma prod_le n f g :
  (forall i, (i < n)%nat -> 0 <= f i <= g i) -> prod n f <= prod n g.
Proof.
induction n as [| n IHn]; intros fg_le; simpl; [lra |].
apply Rmult_le_compat.
- apply prod_ge0; intros i i_lt; apply fg_le; lia.
- apply fg_le; lia.
- apply IHn; intros i i_lt; apply fg_le; lia.
- apply fg_le; lia.
Qed.

(** Inner products *)

Lemma dot_ext n u u' v v' :
  veq n u u' -> veq n v v' -> dot n u v = dot n u' v'.
Proof.
intros u_eq v_eq; apply sum_ext; intros i i_lt.
rewrite u_eq, v_eq; trivial.
Qed.

Lemma dot_sym n u v : dot n u v = dot n v u.
Proof. apply sum_ext; intros; apply Rmult_comm. Qed.

Lemma dot_add_l n u v w : dot n (vadd u v) w = dot n u w + dot n v w.
Proof.
unfold dot; rewrite <- sum_add; apply sum_ext; intros; unfold vadd; ring.
Qed.

Lemma dot_sub_l n u v w : dot n (vsub u v) w = dot n u w - dot n v w.
Proof.
unfold dot; rewrite <- sum_sub; apply sum_ext; intros; unfold vsub; ring.
Qed.

Lemma dot_scale_l n c u v : dot n (vscale c u) v = c * dot n u v.
Proof.
unfold dot; rewrite <- sum_scale; apply sum_ext; intros; unfold vscale; ring.
Qed.

Lemma dot_add_r n u v w : dot n u (vadd v w) = dot n u v + dot n u w.
Proof. rewrite dot_sym, dot_add_l, !(dot_sym n _ u); reflexivity. Qed.

Lemma dot_sub_r n u v w : dot n u (vsub v w) = dot n u v - dot n u w.
Proof. rewrite dot_sym, dot_sub_l, !(dot_sym n _ u); reflexivity. Qed.

Lemma dot_scale_r n c u v : dot n u (vscale c v) = c * dot n u v.
Proof. rewrite dot_sym, dot_scale_l, dot_sym; reflexivity. Qed.

Lemma dot_zero_l n v : dot n vzero v = 0.
Proof. apply sum_zero; intros; unfold vzero; ring. Qed.

Lemma dot_zero_r n v : dot n v vzero = 0.
Proof. rewrite dot_sym; apply dot_zero_l. Qed.

Lemma dot_ge0 n v : 0 <= dot n v v.
Proof. apply sum_ge0; intros; apply Rle_0_sqr. Qed.

Lemma dot_eq0 n v : dot n v v = 0 -> veq n v vzero.
Proof.
induction n as [| n IHn]; intros square_zero i i_lt; [lia |].
unfold dot in *; simpl in square_zero.
assert (head_ge0 := dot_ge0 n v); unfold dot in head_ge0.
assert (last_ge0 := Rle_0_sqr (v n)); unfold Rsqr in last_ge0.
assert (last_zero : v n * v n = 0) by lra.
destruct (Nat.eq_dec i n) as [i_eq | i_ne].
- subst i; unfold vzero; apply Rsqr_0_uniq; exact last_zero.
- apply IHn; [lra | lia].
Qed.

(** <A v, w> = <v, A' w>, A: m x n *)
Lemma dot_mulmv_tr m n A v w :
  dot m (mulmv n A v) w = dot n v (mulmv m (tr A) w).
Proof.
unfold dot, mulmv, dot, tr.
transitivity (sum m (fun i => sum n (fun j => A i j * v j * w i))).
- apply sum_ext; intros i _.
  rewrite Rmult_comm, <- sum_scale; apply sum_ext; intros; ring.
- rewrite sum_swap; apply sum_ext; intros j _.
  rewrite <- sum_scale; apply sum_ext; intros; ring.
Qed.

Lemma mulmv_ext n A u v i : veq n u v -> mulmv n A u i = mulmv n A v i.
Proof. intros uv_eq; apply dot_ext; [apply veq_refl | exact uv_eq]. Qed.

Lemma mulmv_add n A u v i :
  mulmv n A (vadd u v) i = mulmv n A u i + mulmv n A v i.
Proof. apply dot_add_r. Qed.

Lemma mulmv_sub n A u v i :
  mulmv n A (vsub u v) i = mulmv n A u i - mulmv n A v i.
Proof. apply dot_sub_r. Qed.

Lemma mulmv_scale n A c u i :
  mulmv n A (vscale c u) i = c * mulmv n A u i.
Proof. apply dot_scale_r. Qed.

Lemma mulmv_zero n A i : mulmv n A vzero i = 0.
Proof. apply dot_zero_r. Qed.

(** Norms *)

Lemma norm_ge0 n v : 0 <= norm n v.
Proof. apply sqrt_pos. Qed.

Lemma norm_sqr n v : norm n v * norm n v = dot n v v.
Proof. apply sqrt_sqrt, dot_ge0. Qed.

Lemma norm_ext n u v : veq n u v -> norm n u = norm n v.
Proof. intros uv_eq; unfold norm; rewrite (dot_ext n u v u v); trivial. Qed.

Lemma norm_scale n c v : norm n (vscale c v) = Rabs c * norm n v.
Proof.
unfold norm; rewrite dot_scale_l, dot_scale_r.
replace (c * (c * dot n v v)) with (Rsqr c * dot n v v)
  by (unfold Rsqr; ring).
rewrite sqrt_mult; [| apply Rle_0_sqr | apply dot_ge0].
rewrite sqrt_Rsqr_abs; reflexivity.
Qed.

Lemma norm_zero n : norm n vzero = 0.
Proof. unfold norm; rewrite dot_zero_l; apply sqrt_0. Qed.

Lemma norm_opp n v : norm n (vscale (-1) v) = norm n v.
Proof. rewrite norm_scale, Rabs_left by lra; ring. Qed.

(** |u - v| = |v - u| *)
Lemma norm_sub_sym n u v : norm n (vsub u v) = norm n (vsub v u).
Proof.
rewrite <- (norm_opp n (vsub v u)); apply norm_ext; intros i _.
unfold vscale, vsub; ring.
Qed.

Lemma norm_le n v b : 0 <= b -> dot n v v <= b * b -> norm n v <= b.
Proof.
intros b_ge0 square_le; apply Rsqr_incr_0_var; [| exact b_ge0].
unfold Rsqr; rewrite norm_sqr; exact square_le.
Qed.

Lemma norm_le_norm m n u v : dot m u u <= dot n v v -> norm m u <= norm n v.
Proof.
intros square_le; apply norm_le; [apply norm_ge0 |].
rewrite norm_sqr; exact square_le.
Qed.

(** A polynomial of degree two without sign change has no two roots. *)
Lemma quadratic_discriminant a b c :
  0 <= c -> (forall x, 0 <= a + 2 * x * b + x * x * c) -> b * b <= a * c.
Proof.
intros c_ge0 poly_ge0.
destruct (Rle_lt_or_eq_dec 0 c c_ge0) as [c_gt0 | c_eq0].
- assert (at_min := poly_ge0 (- b / c)).
  apply Rmult_le_compat_r with (r := c) in at_min; [| lra].
  replace ((a + 2 * (- b / c) * b + - b / c * (- b / c) * c) * c)
    with (a * c - b * b) in at_min by (field; lra).
  lra.
- subst c; rewrite Rmult_0_r.
  destruct (Req_dec b 0) as [b_eq0 | b_ne0]; [subst b; lra |].
  assert (below := poly_ge0 (- (a + 1) / (2 * b))).
  replace (a + 2 * (- (a + 1) / (2 * b)) * b
    + - (a + 1) / (2 * b) * (- (a + 1) / (2 * b)) * 0) with (-1) in below
    by (field; exact b_ne0).
  lra.
Qed.

(** <u, v>^2 <= |u|^2 |v|^2 *)
Lemma cauchy_schwarz_sqr n u v :
  dot n u v * dot n u v <= dot n u u * dot n v v.
Proof.
apply quadratic_discriminant; [apply dot_ge0 |].
intros x.
replace (dot n u u + 2 * x * dot n u v + x * x * dot n v v)
  with (dot n (vadd u (vscale x v)) (vadd u (vscale x v)));
  [apply dot_ge0 |].
rewrite !dot_add_l, !dot_add_r, !dot_scale_l, !dot_scale_r, (dot_sym n v u).
ring.
Qed.

(** |<u, v>| <= |u| |v| *)
Lemma cauchy_schwarz n u v : Rabs (dot n u v) <= norm n u * norm n v.
Proof.
apply Rsqr_incr_0_var;
  [| apply Rmult_le_pos; apply norm_ge0].
rewrite <- Rsqr_abs; unfold Rsqr.
replace (norm n u * norm n v * (norm n u * norm n v))
  with (norm n u * norm n u * (norm n v * norm n v)) by ring.
rewrite !norm_sqr; apply cauchy_schwarz_sqr.
Qed.

Lemma norm_triangle n u v : norm n (vadd u v) <= norm n u + norm n v.
Proof.
assert (u_ge0 := norm_ge0 n u); assert (v_ge0 := norm_ge0 n v).
apply norm_le; [lra |].
rewrite dot_add_l, !dot_add_r, (dot_sym n v u).
assert (inner_le := Rle_trans _ _ _ (Rle_abs _) (cauchy_schwarz n u v)).
assert (uu := norm_sqr n u); assert (vv := norm_sqr n v); nra.
Qed.
