(** The spectral theorem for positive semidefinite matrices and for G = X'X.
    CHEN2024, Definition 3.11 and Lemmas 5.4, 5.5 speak of eigenvalues; here
    are those eigenvalues.

    Exports
    - [orthonormal], [combine] (linear combinations), [bessel]
    - [eigenbasis]: A = sum lam_i e_i e_i' with lam_i > 0, e_i orthonormal
    - [spectral_theorem]: every semidefinite A has one; [gram_eigenbasis]
    - [row_space_combine]: the row space of X is spanned by the e_i
    - [row_space_split]: v = (part in the row space) + (null vector of X)
    - [step_polynomial] p_T(x), [descent_operator_combine],
      [descent_operator_eigenvector]
    - [functional_calculus]: |p_T| <= c on the spectrum gives
      |p_T(G) v| <= c |v| on the row space *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Model Definite.

Local Open Scope R_scope.

(** e_0 .. e_(k-1) are orthonormal in R^d. *)
Definition orthonormal (d k : nat) (e : nat -> vec) : Prop :=
  forall i j, (i < k)%nat -> (j < k)%nat ->
    dot d (e i) (e j) = unit_matrix i j.

(** c_0 e_0 + .. + c_(k-1) e_(k-1) *)
Definition combine (k : nat) (c : vec) (e : nat -> vec) : vec :=
  fun j => sum k (fun i => c i * e i j).

Lemma dot_combine d k c e v :
  dot d (combine k c e) v = sum k (fun i => c i * dot d (e i) v).
Proof.
unfold dot, combine.
transitivity (sum d (fun j => sum k (fun i => c i * (e i j * v j)))).
- apply sum_ext; intros j _; rewrite Rmult_comm, <- sum_scale.
  apply sum_ext; intros; ring.
- rewrite sum_swap; apply sum_ext; intros i _; apply sum_scale.
Qed.

Lemma combine_ext k c b e i :
  (forall l, (l < k)%nat -> c l = b l) -> combine k c e i = combine k b e i.
Proof.
intros coeff_eq; apply sum_ext; intros l l_lt; rewrite coeff_eq; trivial.
Qed.

Lemma dot_combine_orthonormal d k c e i :
  orthonormal d k e -> (i < k)%nat -> dot d (e i) (combine k c e) = c i.
Proof.
intros e_on i_lt; rewrite dot_sym, dot_combine, (sum_pick k i).
- rewrite e_on; trivial; unfold unit_matrix; rewrite Nat.eqb_refl; ring.
- exact i_lt.
- intros j j_lt j_ne; rewrite e_on; trivial; unfold unit_matrix.
  rewrite (proj2 (Nat.eqb_neq j i) j_ne); ring.
Qed.

Lemma square_combine d k c e :
  orthonormal d k e ->
  dot d (combine k c e) (combine k c e) = sum k (fun i => c i * c i).
Proof.
intros e_on; rewrite dot_combine; apply sum_ext; intros i i_lt.
rewrite dot_combine_orthonormal; trivial.
Qed.

(** The coefficients of v: <e_i, v> *)
Definition coordinates (d : nat) (e : nat -> vec) (v : vec) : vec :=
  fun i => dot d (e i) v.

(** Bessel's inequality *)
Lemma bessel d k e v :
  orthonormal d k e ->
  sum k (fun i => dot d (e i) v * dot d (e i) v) <= dot d v v.
Proof.
intros e_on; set (p := combine k (coordinates d e v) e).
assert (rest_ge0 := dot_ge0 d (vsub v p)).
rewrite dot_sub_l, !dot_sub_r, (dot_sym d v p) in rest_ge0.
unfold p in rest_ge0 at 1 2 3.
rewrite square_combine, dot_combine in rest_ge0 by exact e_on.
unfold coordinates in rest_ge0; lra.
Qed.

(** No more than d vectors are orthonormal in R^d. *)
Lemma orthonormal_le d k e : orthonormal d k e -> (k <= d)%nat.
Proof.
intros e_on; apply INR_le.
assert (ones : forall n, INR n = sum n (fun _ => 1)).
{ induction n as [| n IHn]; [reflexivity |].
  rewrite S_INR, sum_S, IHn; reflexivity. }
rewrite (ones k), (ones d).
rewrite (sum_ext k _ (fun i => sum d (fun j => e i j * e i j))).
- rewrite sum_swap; apply sum_le; intros j j_lt.
  assert (unit_le := bessel d k e (fun l => unit_matrix l j) e_on).
  assert (pick : forall v, dot d v (fun l => unit_matrix l j) = v j).
  { intros v; unfold dot; rewrite (sum_pick d j); unfold unit_matrix.
    - rewrite Nat.eqb_refl; ring.
    - exact j_lt.
    - intros l _ l_ne; rewrite (proj2 (Nat.eqb_neq l j) l_ne); ring. }
  rewrite pick in unit_le.
  unfold unit_matrix in unit_le at 3; rewrite Nat.eqb_refl in unit_le.
  rewrite (sum_ext k _ (fun i => e i j * e i j)) in unit_le;
    [exact unit_le | intros; rewrite pick; reflexivity].
- intros i i_lt; symmetry.
  change (dot d (e i) (e i) = 1); rewrite e_on by exact i_lt.
  unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity.
Qed.

(** * The largest eigenvalue *)

(** v'Av <= C v'v for some C *)
Lemma form_bounded d A :
  exists C, 0 <= C /\ forall v, form d A v <= C * dot d v v.
Proof.
exists (sum d (fun i => sum d (fun j => Rabs (A i j)))); split.
- apply sum_ge0; intros i _; apply sum_ge0; intros j _; apply Rabs_pos.
- intros v; rewrite form_sum, Rmult_comm, <- sum_scale.
  apply sum_le; intros i i_lt; rewrite <- sum_scale.
  apply sum_le; intros j j_lt.
  assert (entry_le : forall l, (l < d)%nat -> v l * v l <= dot d v v).
  { intros l l_lt.
    apply Rle_trans with
      (sum d (fun m => if (m =? l)%nat then v m * v m else 0)).
    - right; symmetry; rewrite (sum_pick d l); [| exact l_lt |].
      + rewrite Nat.eqb_refl; reflexivity.
      + intros m _ m_ne; rewrite (proj2 (Nat.eqb_neq m l) m_ne); reflexivity.
    - apply sum_le; intros m _; assert (square_ge0 := Rle_0_sqr (v m)).
      unfold Rsqr in square_ge0; destruct (m =? l)%nat; lra. }
  assert (i_le := entry_le i i_lt); assert (j_le := entry_le j j_lt).
  assert (entry_abs := Rle_abs (A i j)).
  assert (entry_opp := Rle_abs (- A i j)); rewrite Rabs_Ropp in entry_opp.
  assert (square_sum := Rle_0_sqr (v i + v j)); unfold Rsqr in square_sum.
  assert (square_sub := Rle_0_sqr (v i - v j)); unfold Rsqr in square_sub.
  nra.
Qed.

Lemma nonzero_square d v : ~ veq d v vzero -> 0 < dot d v v.
Proof.
intros v_ne0; destruct (dot_ge0 d v) as [square_gt0 | square_eq0];
  [exact square_gt0 |].
exfalso; apply v_ne0, dot_eq0; symmetry; exact square_eq0.
Qed.

(** A semidefinite matrix is 0 or has a unit eigenvector of a positive
    eigenvalue: the least upper bound of its form on the unit ball. *)
Lemma top_eigenvector d A :
  symmetric d A -> psd d A ->
  (forall v, veq d (mulmv d A v) vzero) \/
  exists lam v, 0 < lam /\ dot d v v = 1 /\
    veq d (mulmv d A v) (vscale lam v).
Proof.
intros A_sym A_psd.
destruct (form_bounded d A) as [C [C_ge0 form_le]].
set (values := fun r => exists v, dot d v v <= 1 /\ r = form d A v).
destruct (completeness values) as [lam [lam_upper lam_least]].
{ exists C; intros r [v [v_le r_eq]]; subst r.
  specialize (form_le v); nra. }
{ exists (form d A vzero), vzero; split; [| reflexivity].
  rewrite dot_zero_l; lra. }
assert (lam_ge0 : 0 <= lam).
{ apply Rle_trans with (form d A vzero); [apply A_psd |].
  apply lam_upper; exists vzero; split; [| reflexivity].
  rewrite dot_zero_l; lra. }
assert (form_le_lam : forall v, form d A v <= lam * dot d v v).
{ intros v; destruct (dot_ge0 d v) as [v_gt0 | v_eq0].
  - assert (norm_gt0 : 0 < norm d v) by (apply sqrt_lt_R0, v_gt0).
    assert (square_eq := norm_sqr d v).
    assert (unit_le : form d A (vscale (/ norm d v) v) <= lam).
    { apply lam_upper; exists (vscale (/ norm d v) v).
      split; [| reflexivity].
      rewrite dot_scale_l, dot_scale_r, <- square_eq; right; field; lra. }
    rewrite form_scale_vec in unit_le.
    rewrite <- square_eq.
    apply (Rmult_le_reg_l (/ norm d v * / norm d v)).
    + apply Rmult_lt_0_compat; apply Rinv_0_lt_compat, norm_gt0.
    + replace (/ norm d v * / norm d v * (lam * (norm d v * norm d v)))
        with lam by (field; lra).
      exact unit_le.
  - rewrite <- v_eq0, Rmult_0_r; right.
    transitivity (form d A vzero).
    + apply form_vec_ext, dot_eq0; symmetry; exact v_eq0.
    + apply dot_zero_l. }
destruct lam_ge0 as [lam_gt0 | lam_eq0].
- right.
  set (B := fun i j => lam * unit_matrix i j - A i j).
  assert (B_form : forall v, form d B v = lam * dot d v v - form d A v).
  { intros v; unfold B; rewrite form_sub, form_scale, form_unit.
    reflexivity. }
  assert (B_sym : symmetric d B).
  { intros i j i_lt j_lt; unfold B.
    rewrite (unit_symmetric d i j), (A_sym i j); trivial. }
  assert (B_psd : psd d B).
  { intros v; rewrite B_form; specialize (form_le_lam v); lra. }
  destruct (definite_or_kernel d B B_sym B_psd)
    as [[delta [delta_gt0 B_ge]] | [v [v_ne0 v_kernel]]].
  + exfalso; set (s := Rmin delta lam).
    assert (s_gt0 : 0 < s) by (apply Rmin_glb_lt; trivial).
    assert (s_le : s <= lam) by apply Rmin_r.
    assert (s_le_delta : s <= delta) by apply Rmin_l.
    assert (smaller : lam <= lam - s); [| lra].
    apply lam_least; intros r [v [v_le r_eq]]; subst r.
    specialize (B_ge v); rewrite B_form in B_ge.
    assert (v_ge0 := dot_ge0 d v); nra.
  + assert (v_gt0 := nonzero_square d v v_ne0).
    assert (norm_gt0 : 0 < norm d v) by (apply sqrt_lt_R0, v_gt0).
    exists lam, (vscale (/ norm d v) v); split; [exact lam_gt0 |]; split.
    * rewrite dot_scale_l, dot_scale_r, <- norm_sqr; field; lra.
    * intros i i_lt; rewrite mulmv_scale; unfold vscale.
      assert (kernel := psd_kernel d B v B_sym B_psd v_kernel i i_lt).
      assert (B_row : mulmv d B v i
                      = lam * mulmv d unit_matrix v i - mulmv d A v i).
      { unfold mulmv, dot; rewrite <- sum_scale, <- sum_sub.
        apply sum_ext; intros; unfold B; ring. }
      rewrite B_row, (mulmv_unit d v i i_lt) in kernel.
      unfold vzero in kernel.
      replace (mulmv d A v i) with (lam * v i) by lra; ring.
- left; intros v; apply psd_kernel; [exact A_sym | exact A_psd |].
  apply Rle_antisym; [| apply A_psd].
  specialize (form_le_lam v); rewrite <- lam_eq0 in form_le_lam; lra.
Qed.

(** * The spectral theorem *)

(** A = sum over i < k of lam_i e_i e_i', lam_i > 0 *)
Definition eigenbasis (d : nat) (A : mat) (k : nat) (lam : vec)
    (e : nat -> vec) : Prop :=
  orthonormal d k e /\
  (forall i, (i < k)%nat -> 0 < lam i) /\
  (forall v, veq d (mulmv d A v)
               (combine k (fun i => lam i * dot d (e i) v) e)).

(** What is left of A after k eigenvectors *)
Definition deflate (A : mat) (k : nat) (lam : vec) (e : nat -> vec) : mat :=
  fun i j => A i j - sum k (fun l => lam l * (e l i * e l j)).

Lemma mulmv_deflate d A k lam e v i :
  mulmv d (deflate A k lam e) v i
  = mulmv d A v i - combine k (fun l => lam l * dot d (e l) v) e i.
Proof.
unfold mulmv, combine; unfold dot at 1, deflate.
rewrite (sum_ext d _ (fun j => A i j * v j
  - sum k (fun l => lam l * e l i * (e l j * v j)))).
- rewrite sum_sub, sum_swap; unfold dot; f_equal.
  apply sum_ext; intros l _; rewrite sum_scale; ring.
- intros j _; rewrite Rmult_minus_distr_r; f_equal.
  rewrite Rmult_comm, <- sum_scale; apply sum_ext; intros; ring.
Qed.

Lemma deflate_symmetric d A k lam e :
  symmetric d A -> symmetric d (deflate A k lam e).
Proof.
intros A_sym i j i_lt j_lt; unfold deflate; rewrite A_sym by trivial.
f_equal; apply sum_ext; intros; ring.
Qed.

Lemma eigenvector_dot d A lam v w :
  symmetric d A -> veq d (mulmv d A v) (vscale lam v) ->
  dot d v (mulmv d A w) = lam * dot d v w.
Proof.
intros A_sym v_eigen; rewrite dot_mulmv_sym by exact A_sym.
rewrite (dot_ext d w w _ _ (fun i _ => eq_refl) v_eigen).
rewrite dot_scale_r, dot_sym; reflexivity.
Qed.

Lemma spectral_step d A m : forall k lam e,
  symmetric d A ->
  (d <= k + m)%nat -> orthonormal d k e ->
  (forall i, (i < k)%nat -> 0 < lam i) ->
  (forall i, (i < k)%nat -> veq d (mulmv d A (e i)) (vscale (lam i) (e i))) ->
  psd d (deflate A k lam e) ->
  exists k' lam' e', eigenbasis d A k' lam' e'.
Proof.
induction m as [| m IHm];
  intros k lam e A_sym d_le e_on lam_gt0 e_eigen rest_psd;
  assert (rest_sym := deflate_symmetric d A k lam e A_sym);
  destruct (top_eigenvector d _ rest_sym rest_psd)
    as [rest_zero | [top [v [top_gt0 [v_unit v_eigen]]]]].
1, 3: exists k, lam, e; split; [exact e_on |]; split; [exact lam_gt0 |];
  intros v i i_lt; specialize (rest_zero v i i_lt);
  rewrite mulmv_deflate in rest_zero; unfold vzero in rest_zero; lra.
all: assert (v_orthogonal : forall i, (i < k)%nat -> dot d (e i) v = 0).
1, 3: intros i i_lt;
  assert (e_kernel : dot d v (mulmv d (deflate A k lam e) (e i)) = 0).
1, 3: rewrite <- (dot_zero_r d v); apply dot_ext;
  [intros j _; reflexivity |]; intros j j_lt;
  rewrite mulmv_deflate, (e_eigen i i_lt j j_lt);
  unfold vzero, vscale, combine; rewrite (sum_pick k i);
  [ rewrite e_on by exact i_lt; unfold unit_matrix;
    rewrite Nat.eqb_refl; ring
  | exact i_lt
  | intros l l_lt l_ne; rewrite e_on by trivial; unfold unit_matrix;
    rewrite (proj2 (Nat.eqb_neq l i) l_ne); ring ].
1, 2: rewrite (eigenvector_dot d _ top) in e_kernel by trivial;
  rewrite dot_sym; nra.
all: set (e' := fun i => if (i =? k)%nat then v else e i);
  set (lam' := fun i => if (i =? k)%nat then top else lam i);
  assert (e'_last : e' k = v) by (unfold e'; rewrite Nat.eqb_refl; reflexivity);
  assert (lam'_last : lam' k = top)
    by (unfold lam'; rewrite Nat.eqb_refl; reflexivity);
  assert (e'_init : forall i, (i < k)%nat -> e' i = e i)
    by (intros i i_lt; unfold e'; rewrite (proj2 (Nat.eqb_neq i k));
        [reflexivity | lia]);
  assert (lam'_init : forall i, (i < k)%nat -> lam' i = lam i)
    by (intros i i_lt; unfold lam'; rewrite (proj2 (Nat.eqb_neq i k));
        [reflexivity | lia]);
  assert (e'_on : orthonormal d (S k) e').
1, 3: intros i j i_lt j_lt; unfold unit_matrix;
  destruct (Nat.eq_dec i k) as [i_eq | i_ne];
  destruct (Nat.eq_dec j k) as [j_eq | j_ne];
  [ subst i j; rewrite e'_last, Nat.eqb_refl; exact v_unit
  | subst i; rewrite e'_last, e'_init by lia;
    rewrite (proj2 (Nat.eqb_neq k j)) by lia;
    rewrite dot_sym; apply v_orthogonal; lia
  | subst j; rewrite e'_last, e'_init by lia;
    rewrite (proj2 (Nat.eqb_neq i k)) by lia; apply v_orthogonal; lia
  | rewrite !e'_init by lia; apply e_on; lia ].
- assert (k_le := orthonormal_le d (S k) e' e'_on); lia.
- apply (IHm (S k) lam' e'); [exact A_sym | lia | exact e'_on | | |].
  + intros i i_lt; destruct (Nat.eq_dec i k) as [i_eq | i_ne].
    * subst i; rewrite lam'_last; exact top_gt0.
    * rewrite lam'_init by lia; apply lam_gt0; lia.
  + intros i i_lt; destruct (Nat.eq_dec i k) as [i_eq | i_ne].
    * subst i; rewrite lam'_last, e'_last; intros j j_lt.
      rewrite <- (v_eigen j j_lt), mulmv_deflate; unfold combine.
      rewrite sum_zero; [ring |].
      intros l l_lt; rewrite v_orthogonal by exact l_lt; ring.
    * rewrite lam'_init, e'_init by lia; apply e_eigen; lia.
  + intros w.
    assert (form_eq : form d (deflate A (S k) lam' e') w
      = form d (deflate A k lam e) w - top * (dot d v w * dot d v w)).
    { rewrite <- (form_outer d v v), <- form_scale, <- form_sub.
      apply form_matrix_ext; intros i j _ _; unfold deflate.
      rewrite sum_S, lam'_last, e'_last.
      rewrite (sum_ext k (fun l => lam' l * (e' l i * e' l j))
                 (fun l => lam l * (e l i * e l j)));
        [ring |].
      intros l l_lt; rewrite lam'_init, e'_init by exact l_lt; reflexivity. }
    rewrite form_eq.
    (* w = c v + u with u orthogonal to v, and the form splits *)
    set (c := dot d v w); set (u := vsub w (vscale c v)).
    assert (u_form := rest_psd u); unfold u in u_form.
    replace (form d (deflate A k lam e) (vsub w (vscale c v)))
      with (form d (deflate A k lam e) w - top * (c * c)) in u_form;
      [exact u_form |].
    rewrite (form_vec_ext d _ (vsub w (vscale c v)) (vadd w (vscale (- c) v)))
      by (intros i _; unfold vsub, vadd, vscale; ring).
    rewrite form_add_vec, dot_mulmv_scale, form_scale_vec by exact rest_sym.
    rewrite dot_mulmv_sym by exact rest_sym.
    unfold form at 3.
    rewrite !(eigenvector_dot d _ top) by trivial.
    rewrite v_unit; fold c; ring.
Qed.

(** A = sum lam_i e_i e_i' for every semidefinite A *)
Theorem spectral_theorem d A :
  symmetric d A -> psd d A -> exists k lam e, eigenbasis d A k lam e.
Proof.
intros A_sym A_psd; apply (spectral_step d A d 0 vzero (fun _ => vzero)).
- exact A_sym.
- lia.
- intros i j i_lt; lia.
- intros i i_lt; lia.
- intros i i_lt; lia.
- intros v; rewrite (form_matrix_ext d _ A); [apply A_psd |].
  intros i j _ _; unfold deflate; simpl; ring.
Qed.

(** * G = X'X *)

Lemma form_gram_energy n d X v : form d (gram n X) v = energy n d X v.
Proof. apply form_gram. Qed.

Theorem gram_eigenbasis n d X :
  exists k lam e, eigenbasis d (gram n X) k lam e.
Proof.
apply spectral_theorem; [apply gram_symmetric | apply gram_psd].
Qed.

(** G v = X'X v *)
Lemma mulmv_gram n d X v i :
  mulmv d (gram n X) v i = mulmv n (tr X) (mulmv d X v) i.
Proof.
unfold mulmv, dot, gram, mulmm, tr.
transitivity (sum d (fun j => sum n (fun k => X k i * X k j * v j))).
- apply sum_ext; intros j _; rewrite Rmult_comm, <- sum_scale.
  apply sum_ext; intros; ring.
- rewrite sum_swap; apply sum_ext; intros k _; unfold dot.
  rewrite <- sum_scale; apply sum_ext; intros; ring.
Qed.

Lemma dot_gram_null n d X u v :
  veq n (mulmv d X u) vzero -> dot d u (mulmv d (gram n X) v) = 0.
Proof.
intros u_null; rewrite dot_mulmv_sym by apply gram_symmetric.
rewrite <- (dot_zero_r d v); apply dot_ext; [intros i _; reflexivity |].
intros i _; rewrite mulmv_gram; rewrite (mulmv_ext n _ _ vzero i u_null).
apply dot_zero_r.
Qed.

(** G w is in the row space. *)
Lemma gram_in_row_space n d X w :
  in_row_space n d X (mulmv d (gram n X) w).
Proof. intros u u_null; apply dot_gram_null, u_null. Qed.

(** X v = 0 as soon as G v = 0 *)
Lemma gram_null n d X v :
  veq d (mulmv d (gram n X) v) vzero -> veq n (mulmv d X v) vzero.
Proof.
intros v_null; apply dot_eq0.
change (energy n d X v = 0); rewrite <- form_gram_energy; unfold form.
rewrite (dot_ext d v v _ vzero); [apply dot_zero_r | | exact v_null].
intros i _; reflexivity.
Qed.

Section Eigenbasis.

Variables (n d : nat) (X : mat) (k : nat) (lam : vec) (e : nat -> vec).
Hypothesis basis : eigenbasis d (gram n X) k lam e.

Lemma basis_on : orthonormal d k e.
Proof. exact (proj1 basis). Qed.

Lemma basis_gt0 i : (i < k)%nat -> 0 < lam i.
Proof. exact (proj1 (proj2 basis) i). Qed.

Lemma basis_gram v :
  veq d (mulmv d (gram n X) v) (combine k (fun i => lam i * dot d (e i) v) e).
Proof. exact (proj2 (proj2 basis) v). Qed.

Lemma basis_square i : (i < k)%nat -> dot d (e i) (e i) = 1.
Proof.
intros i_lt; rewrite basis_on by exact i_lt.
unfold unit_matrix; rewrite Nat.eqb_refl; reflexivity.
Qed.

Lemma basis_eigen i :
  (i < k)%nat -> veq d (mulmv d (gram n X) (e i)) (vscale (lam i) (e i)).
Proof.
intros i_lt j j_lt; rewrite basis_gram by exact j_lt; unfold combine.
rewrite (sum_pick k i); [| exact i_lt |].
- rewrite basis_square by exact i_lt; unfold vscale; ring.
- intros l l_lt l_ne; rewrite basis_on by trivial; unfold unit_matrix.
  rewrite (proj2 (Nat.eqb_neq l i) l_ne); ring.
Qed.

Lemma basis_energy v :
  energy n d X v
  = sum k (fun i => lam i * (dot d (e i) v * dot d (e i) v)).
Proof.
rewrite <- form_gram_energy; unfold form.
rewrite (dot_ext d v v _ _ (fun i _ => eq_refl) (basis_gram v)).
rewrite dot_sym, dot_combine; apply sum_ext; intros; ring.
Qed.

Lemma basis_row i : (i < k)%nat -> in_row_space n d X (e i).
Proof.
intros i_lt u u_null.
apply (Rmult_eq_reg_l (lam i)); [| apply Rgt_not_eq, basis_gt0, i_lt].
rewrite Rmult_0_r, <- dot_scale_r.
rewrite <- (dot_ext d u u _ _ (fun j _ => eq_refl) (basis_eigen i i_lt)).
apply dot_gram_null, u_null.
Qed.

Lemma combine_row c : in_row_space n d X (combine k c e).
Proof.
intros u u_null; rewrite dot_sym, dot_combine; apply sum_zero.
intros i i_lt; rewrite dot_sym, (basis_row i i_lt u u_null); ring.
Qed.

Lemma rest_null v :
  veq n (mulmv d X (vsub v (combine k (coordinates d e v) e))) vzero.
Proof.
apply gram_null; intros j j_lt; rewrite basis_gram by exact j_lt.
apply sum_zero; intros i i_lt; rewrite dot_sub_r.
rewrite dot_combine_orthonormal; [| exact basis_on | exact i_lt].
unfold coordinates; ring.
Qed.

(** A vector of the row space is the sum of its parts along the e_i. *)
Lemma row_space_combine v :
  in_row_space n d X v -> veq d v (combine k (coordinates d e v) e).
Proof.
intros v_row; set (p := combine k (coordinates d e v) e).
assert (rest_eq0 : dot d (vsub v p) (vsub v p) = 0).
{ assert (p_row : in_row_space n d X p) by apply combine_row.
  rewrite dot_sub_r, (v_row (vsub v p) (rest_null v)).
  rewrite (p_row (vsub v p) (rest_null v)); ring. }
intros i i_lt; assert (entry := dot_eq0 _ _ rest_eq0 i i_lt).
unfold vsub, vzero in entry; lra.
Qed.

(** Parseval *)
Lemma row_space_square v :
  in_row_space n d X v ->
  dot d v v = sum k (fun i => dot d (e i) v * dot d (e i) v).
Proof.
intros v_row; assert (v_eq := row_space_combine v v_row).
rewrite (dot_ext d v _ v _ v_eq v_eq), square_combine by exact basis_on.
reflexivity.
Qed.

End Eigenbasis.

(** v = r + z with r in the row space of X and X z = 0 *)
Theorem row_space_split n d X v :
  exists r z, in_row_space n d X r /\ veq n (mulmv d X z) vzero /\
    veq d v (vadd r z).
Proof.
destruct (gram_eigenbasis n d X) as [k [lam [e basis]]].
set (r := combine k (coordinates d e v) e); exists r, (vsub v r); split.
- apply (combine_row n d X k lam e basis).
- split; [apply (rest_null n d X k lam e basis) |].
  intros i _; unfold vadd, vsub; ring.
Qed.

(** * p_T(G) on the row space *)

(** p_T(x) = (1 - eta_(T-1) x) .. (1 - eta_0 x) *)
Definition step_polynomial (eta : nat -> R) (T : nat) (x : R) : R :=
  prod T (fun t => 1 - eta t * x).

Lemma descent_operator_ext n d eta X T u v :
  veq d u v ->
  veq d (descent_operator n d eta X T u) (descent_operator n d eta X T v).
Proof.
intros uv_eq; induction T as [| T IHT]; [exact uv_eq |].
intros i i_lt; simpl; unfold vsub, vscale; rewrite IHT by exact i_lt.
rewrite (mulmv_ext d _ _ _ i IHT); reflexivity.
Qed.

Lemma descent_operator_eigenvector n d eta X T lam v :
  veq d (mulmv d (gram n X) v) (vscale lam v) ->
  veq d (descent_operator n d eta X T v)
    (vscale (step_polynomial eta T lam) v).
Proof.
intros v_eigen; induction T as [| T IHT]; intros i i_lt; simpl.
- unfold vscale, step_polynomial; simpl; ring.
- unfold vsub, vscale at 1; rewrite (mulmv_ext d _ _ _ i IHT).
  rewrite mulmv_scale, (v_eigen i i_lt), (IHT i i_lt).
  unfold vscale, step_polynomial; simpl; ring.
Qed.

Lemma descent_operator_combine n d eta X T k lam e c :
  eigenbasis d (gram n X) k lam e ->
  veq d (descent_operator n d eta X T (combine k c e))
    (combine k (fun i => step_polynomial eta T (lam i) * c i) e).
Proof.
intros basis; induction T as [| T IHT]; intros i i_lt; simpl.
- apply combine_ext; intros l _; unfold step_polynomial; simpl; ring.
- unfold vsub, vscale; rewrite (mulmv_ext d _ _ _ i IHT), (IHT i i_lt).
  rewrite (basis_gram n d X k lam e basis _ i i_lt); unfold combine.
  rewrite <- sum_scale, <- sum_sub; apply sum_ext; intros l l_lt.
  assert (inner := dot_combine_orthonormal d k
    (fun i => step_polynomial eta T (lam i) * c i) e l
    (basis_on n d X k lam e basis) l_lt).
  unfold combine in inner; rewrite inner.
  unfold step_polynomial; simpl; ring.
Qed.

(** If |p_T(x)| <= c for every x in [mu, L], which holds all eigenvalues of G
    on the row space, then |p_T(G) v| <= c |v| there. *)
Theorem functional_calculus n d eta X T mu L c v :
  strongly_convex_on_rows n d X mu -> smooth n d X L ->
  (forall x, mu <= x <= L -> Rabs (step_polynomial eta T x) <= c) ->
  in_row_space n d X v ->
  norm d (descent_operator n d eta X T v) <= c * norm d v.
Proof.
intros X_convex X_smooth poly_le v_row.
destruct (gram_eigenbasis n d X) as [k [lam [e basis]]].
assert (e_on := basis_on n d X k lam e basis).
assert (lam_in : forall i, (i < k)%nat -> mu <= lam i <= L).
{ intros i i_lt; assert (square := basis_square n d X k lam e basis i i_lt).
  assert (energy_eq : energy n d X (e i) = lam i).
  { rewrite <- form_gram_energy; unfold form.
    rewrite (dot_ext d _ _ _ _ (fun j _ => eq_refl)
               (basis_eigen n d X k lam e basis i i_lt)).
    rewrite dot_scale_r, square; ring. }
  assert (lower := X_convex (e i) (basis_row n d X k lam e basis i i_lt)).
  assert (upper := X_smooth (e i)).
  rewrite energy_eq, square in lower; rewrite energy_eq, square in upper.
  lra. }
assert (v_eq := row_space_combine n d X k lam e basis v v_row).
destruct (Nat.eq_dec k 0) as [k_eq | k_ne].
- assert (v_zero : veq d v vzero).
  { intros i i_lt; rewrite (v_eq i i_lt), k_eq; reflexivity. }
  rewrite (norm_ext d _ vzero).
  + rewrite (norm_ext d v vzero v_zero), norm_zero; lra.
  + intros i i_lt; rewrite (descent_operator_ext n d eta X T v vzero);
      [| exact v_zero | exact i_lt].
    rewrite (descent_operator_eigenvector n d eta X T 0 vzero);
      [unfold vscale, vzero; ring | | exact i_lt].
    intros j _; unfold vscale, vzero; rewrite Rmult_0_l; apply dot_zero_r.
- assert (c_ge0 : 0 <= c).
  { apply Rle_trans with (Rabs (step_polynomial eta T (lam O)));
      [apply Rabs_pos | apply poly_le, lam_in; lia]. }
  rewrite (norm_ext d _ (combine k
    (fun i => step_polynomial eta T (lam i) * dot d (e i) v) e)).
  + apply Rsqr_incr_0_var;
      [| apply Rmult_le_pos; [exact c_ge0 | apply norm_ge0]].
    unfold Rsqr; rewrite norm_sqr, square_combine by exact e_on.
    replace (c * norm d v * (c * norm d v))
      with (c * c * (norm d v * norm d v)) by ring.
    rewrite norm_sqr, (row_space_square n d X k lam e basis v v_row).
    rewrite <- sum_scale; apply sum_le; intros i i_lt.
    assert (poly_sqr := Rsqr_le_abs_1
      (step_polynomial eta T (lam i)) c).
    rewrite (Rabs_right c) in poly_sqr by lra.
    specialize (poly_sqr (poly_le _ (lam_in i i_lt))).
    unfold Rsqr in poly_sqr.
    assert (square_ge0 := Rle_0_sqr (dot d (e i) v)).
    unfold Rsqr in square_ge0; nra.
  + intros i i_lt.
    rewrite (descent_operator_ext n d eta X T _ _ v_eq i i_lt).
    rewrite (descent_operator_combine n d eta X T k lam e _ basis i i_lt).
    apply combine_ext; intros; reflexivity.
Qed.
