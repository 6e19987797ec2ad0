(** Criteria for positive semidefinite matrices (CHEN2024, Lemmas 5.3 to 5.5,
    need one for L I - G and one for G - mu I), as in FORMAT.md 4.2.

    Exports
    - [symmetric], [form] (v'Av), [psd], [definite]
    - [psd_cauchy_schwarz]: (u'Av)^2 <= u'Au v'Av
    - [dominant_psd]: Gershgorin; [factor_psd]: c A = E + R'R, witness `factor`
    - [eliminate_psd], [eliminate_done], [eliminate_minor]: one round of
      fraction-free elimination, witness `elimination`
    - [definite_or_kernel]: a semidefinite matrix is >= delta I or has a
      kernel
    - [definite_surjective]: a positive definite system has a solution *)

From Coq Require Import Reals Lra Lia Arith Bool.
From Loopcert Require Import Vectors.

Local Open Scope R_scope.

Definition symmetric (d : nat) (A : mat) : Prop :=
  forall i j, (i < d)%nat -> (j < d)%nat -> A i j = A j i.

(** v'Av *)
Definition form (d : nat) (A : mat) (v : vec) : R := dot d v (mulmv d A v).

(** A >= 0 *)
Definition psd (d : nat) (A : mat) : Prop := forall v, 0 <= form d A v.

(** A > 0 *)
Definition definite (d : nat) (A : mat) : Prop :=
  forall v, ~ veq d v vzero -> 0 < form d A v.

(** The unit matrix *)
Definition unit_matrix : mat := fun i j => if (i =? j)%nat then 1 else 0.

(** * Forms *)

Lemma form_sum d A v :
  form d A v = sum d (fun i => sum d (fun j => v i * A i j * v j)).
Proof.
apply sum_ext; intros i _; unfold mulmv, dot.
rewrite <- sum_scale; apply sum_ext; intros; ring.
Qed.

Lemma form_ext d A B u v :
  (forall i j, (i < d)%nat -> (j < d)%nat ->
     u i * A i j * u j = v i * B i j * v j) ->
  form d A u = form d B v.
Proof.
intros terms_eq; rewrite !form_sum; apply sum_ext; intros i i_lt.
apply sum_ext; intros j j_lt; apply terms_eq; trivial.
Qed.

Lemma form_matrix_ext d A B v :
  (forall i j, (i < d)%nat -> (j < d)%nat -> A i j = B i j) ->
  form d A v = form d B v.
Proof.
intros entries_eq; apply form_ext; intros i j i_lt j_lt.
rewrite entries_eq; trivial.
Qed.

Lemma form_vec_ext d A u v : veq d u v -> form d A u = form d A v.
Proof.
intros uv_eq; apply form_ext; intros i j i_lt j_lt.
rewrite !uv_eq; trivial.
Qed.

Lemma form_add d A B v :
  form d (fun i j => A i j + B i j) v = form d A v + form d B v.
Proof.
rewrite !form_sum, <- sum_add; apply sum_ext; intros i _.
rewrite <- sum_add; apply sum_ext; intros; ring.
Qed.

Lemma form_sub d A B v :
  form d (fun i j => A i j - B i j) v = form d A v - form d B v.
Proof.
rewrite !form_sum, <- sum_sub; apply sum_ext; intros i _.
rewrite <- sum_sub; apply sum_ext; intros; ring.
Qed.

Lemma form_scale d c A v :
  form d (fun i j => c * A i j) v = c * form d A v.
Proof.
rewrite !form_sum, <- sum_scale; apply sum_ext; intros i _.
rewrite <- sum_scale; apply sum_ext; intros; ring.
Qed.

Lemma form_outer d a b v :
  form d (fun i j => a i * b j) v = dot d a v * dot d b v.
Proof.
rewrite form_sum; unfold dot at 1.
rewrite Rmult_comm, <- sum_scale; apply sum_ext; intros i _.
rewrite Rmult_comm; unfold dot; rewrite <- sum_scale.
apply sum_ext; intros; ring.
Qed.

Lemma form_unit d v : form d unit_matrix v = dot d v v.
Proof.
rewrite form_sum; apply sum_ext; intros i i_lt.
rewrite (sum_pick d i); [| exact i_lt |]; unfold unit_matrix.
- rewrite Nat.eqb_refl; ring.
- intros j _ j_ne; rewrite (proj2 (Nat.eqb_neq i j)); [ring | lia].
Qed.

(** The form of a sum of k matrices *)
Lemma form_sum_matrix d k (A : nat -> mat) v :
  form d (fun i j => sum k (fun l => A l i j)) v
  = sum k (fun l => form d (A l) v).
Proof.
induction k as [| k IHk]; simpl.
- rewrite form_sum; apply sum_zero; intros i _.
  apply sum_zero; intros; ring.
- rewrite form_add, IHk; reflexivity.
Qed.

Lemma dot_mulmv_sym d A u v :
  symmetric d A -> dot d u (mulmv d A v) = dot d v (mulmv d A u).
Proof.
intros A_sym; rewrite (dot_sym d u), dot_mulmv_tr.
apply dot_ext; [intros i _; reflexivity |].
intros i i_lt; apply dot_ext; [| intros j _; reflexivity].
intros j j_lt; unfold tr; apply A_sym; trivial.
Qed.

Lemma form_scale_vec d A c v : form d A (vscale c v) = c * c * form d A v.
Proof.
rewrite !form_sum, <- sum_scale; apply sum_ext; intros i _.
rewrite <- sum_scale; apply sum_ext; intros; unfold vscale; ring.
Qed.

Lemma dot_mulmv_add d A u v w :
  dot d w (mulmv d A (vadd u v))
  = dot d w (mulmv d A u) + dot d w (mulmv d A v).
Proof.
rewrite <- dot_add_r; apply dot_ext; intros i _; [reflexivity |].
apply mulmv_add.
Qed.

Lemma dot_mulmv_scale d A c v w :
  dot d w (mulmv d A (vscale c v)) = c * dot d w (mulmv d A v).
Proof.
rewrite <- dot_scale_r; apply dot_ext; intros i _; [reflexivity |].
apply mulmv_scale.
Qed.

Lemma form_add_vec d A u v :
  symmetric d A ->
  form d A (vadd u v)
  = form d A u + 2 * dot d u (mulmv d A v) + form d A v.
Proof.
intros A_sym; unfold form; rewrite dot_mulmv_add, !dot_add_l.
rewrite (dot_mulmv_sym d A v u); [ring | exact A_sym].
Qed.

(** The discriminant of a nonnegative quadratic *)
Lemma discriminant_le a b c :
  (forall t, 0 <= a + 2 * t * b + t * t * c) -> b * b <= a * c.
Proof.
intros quadratic_ge0.
destruct (Req_dec c 0) as [c_eq | c_ne].
- subst c; destruct (Req_dec b 0) as [b_eq | b_ne]; [subst b; lra |].
  specialize (quadratic_ge0 (- (a + 1) / (2 * b))).
  replace (a + 2 * (- (a + 1) / (2 * b)) * b
           + - (a + 1) / (2 * b) * (- (a + 1) / (2 * b)) * 0)
    with (- 1) in quadratic_ge0 by (field; exact b_ne).
  lra.
- assert (c_gt0 : 0 < c).
  { destruct (Rtotal_order c 0) as [c_lt | [c_eq | c_gt]];
      [| contradiction | exact c_gt].
    assert (far := quadratic_ge0 ((Rabs a + 1 + 2 * Rabs b) / - c + 1)).
    set (s := (Rabs a + 1 + 2 * Rabs b) / - c + 1) in far.
    assert (s_eq : (s - 1) * - c = Rabs a + 1 + 2 * Rabs b).
    { unfold s; field; lra. }
    assert (a_le := Rle_abs a); assert (b_le := Rle_abs b).
    assert (a_ge0 := Rabs_pos a); assert (b_ge0 := Rabs_pos b).
    assert (s_ge1 : 1 <= s) by nra.
    nra. }
  specialize (quadratic_ge0 (- b / c)).
  replace (a + 2 * (- b / c) * b + - b / c * (- b / c) * c)
    with ((a * c - b * b) / c) in quadratic_ge0
    by (field; exact c_ne).
  assert (scaled := Rmult_le_compat_l c _ _
                      (Rlt_le _ _ c_gt0) quadratic_ge0).
  replace (c * ((a * c - b * b) / c)) with (a * c - b * b) in scaled
    by (field; exact c_ne).
  lra.
Qed.

(** Cauchy-Schwarz for the form of a semidefinite matrix *)
Theorem psd_cauchy_schwarz d A u v :
  symmetric d A -> psd d A ->
  dot d u (mulmv d A v) * dot d u (mulmv d A v)
  <= form d A u * form d A v.
Proof.
intros A_sym A_psd; apply discriminant_le; intros t.
assert (both_ge0 := A_psd (vadd u (vscale t v))).
rewrite form_add_vec, dot_mulmv_scale, form_scale_vec in both_ge0;
  [lra | exact A_sym].
Qed.

Lemma unit_symmetric d : symmetric d unit_matrix.
Proof.
intros i j _ _; unfold unit_matrix; rewrite Nat.eqb_sym; reflexivity.
Qed.

Lemma unit_psd d : psd d unit_matrix.
Proof. intros v; rewrite form_unit; apply dot_ge0. Qed.

Lemma mulmv_unit d v : veq d (mulmv d unit_matrix v) v.
Proof.
intros i i_lt; unfold mulmv, dot; rewrite (sum_pick d i).
- unfold unit_matrix; rewrite Nat.eqb_refl; ring.
- exact i_lt.
- intros j _ j_ne; unfold unit_matrix.
  rewrite (proj2 (Nat.eqb_neq i j)); [ring | lia].
Qed.

(** Cauchy-Schwarz *)
Lemma dot_cauchy_schwarz d u v :
  dot d u v * dot d u v <= dot d u u * dot d v v.
Proof.
assert (form_le :=
  psd_cauchy_schwarz d unit_matrix u v (unit_symmetric d) (unit_psd d)).
rewrite !form_unit in form_le.
rewrite (dot_ext d u u (mulmv d unit_matrix v) v) in form_le;
  [exact form_le | intros i _; reflexivity | apply mulmv_unit].
Qed.

Lemma dot_le_norm d u v : Rabs (dot d u v) <= norm d u * norm d v.
Proof.
apply Rsqr_incr_0_var.
- unfold Rsqr; rewrite <- Rabs_mult.
  rewrite (Rabs_right (dot d u v * dot d u v)) by (apply Rle_ge; nra).
  replace (norm d u * norm d v * (norm d u * norm d v))
    with (norm d u * norm d u * (norm d v * norm d v)) by ring.
  rewrite !norm_sqr; apply dot_cauchy_schwarz.
- apply Rmult_le_pos; apply norm_ge0.
Qed.

(** v'Av = 0 only where A v = 0. *)
Lemma psd_kernel d A v :
  symmetric d A -> psd d A -> form d A v = 0 ->
  veq d (mulmv d A v) vzero.
Proof.
intros A_sym A_psd form_eq0; apply dot_eq0.
assert (square_le :=
  psd_cauchy_schwarz d A (mulmv d A v) v A_sym A_psd).
rewrite form_eq0 in square_le; nra.
Qed.

(** * Diagonal dominance *)

(** The diagonal dominates the rest of its row. *)
Definition dominant (d : nat) (A : mat) : Prop :=
  forall i, (i < d)%nat ->
    sum d (fun j => if (j =? i)%nat then 0 else Rabs (A i j)) <= A i i.

(** Gershgorin *)
Theorem dominant_psd d A : symmetric d A -> dominant d A -> psd d A.
Proof.
intros A_sym A_dominant v.
set (off := fun i j => if (j =? i)%nat then 0 else Rabs (A i j)).
assert (off_sym : forall i j, (i < d)%nat -> (j < d)%nat ->
          off i j = off j i).
{ intros i j i_lt j_lt; unfold off; rewrite (Nat.eqb_sym i j).
  destruct (j =? i)%nat; [reflexivity | rewrite A_sym; trivial]. }
assert (off_sum :
  sum d (fun i => sum d (fun j => off i j * (v i * v i)))
  <= sum d (fun i => A i i * (v i * v i))).
{ apply sum_le; intros i i_lt.
  rewrite (sum_ext d _ (fun j => (v i * v i) * off i j))
    by (intros; ring).
  rewrite sum_scale, (Rmult_comm (A i i)).
  apply Rmult_le_compat_l; [apply Rle_0_sqr | apply A_dominant, i_lt]. }
assert (off_half :
  sum d (fun i => sum d (fun j => off i j * (v j * v j)))
  = sum d (fun i => sum d (fun j => off i j * (v i * v i)))).
{ rewrite sum_swap; apply sum_ext; intros j j_lt.
  apply sum_ext; intros i i_lt; rewrite off_sym; trivial. }
assert (lower :
  sum d (fun i => A i i * (v i * v i)
    - / 2 * sum d (fun j => off i j * (v i * v i) + off i j * (v j * v j)))
  <= form d A v).
{ rewrite form_sum; apply sum_le; intros i i_lt.
  rewrite <- sum_scale.
  replace (A i i * (v i * v i))
    with (sum d (fun j => if (j =? i)%nat then A i j * (v i * v i) else 0)).
  2:{ rewrite (sum_pick d i); [| exact i_lt |].
      { rewrite Nat.eqb_refl; reflexivity. }
      intros j _ j_ne; rewrite (proj2 (Nat.eqb_neq j i) j_ne); reflexivity. }
  rewrite <- sum_sub; apply sum_le; intros j j_lt; unfold off.
  destruct (Nat.eqb_spec j i) as [j_eq | j_ne]; [subst j; lra |].
  assert (entry_abs := Rle_abs (A i j)).
  assert (entry_opp := Rle_abs (- A i j)); rewrite Rabs_Ropp in entry_opp.
  assert (square_sum := Rle_0_sqr (v i + v j)); unfold Rsqr in square_sum.
  assert (square_sub := Rle_0_sqr (v i - v j)); unfold Rsqr in square_sub.
  nra. }
rewrite sum_sub, sum_scale in lower.
rewrite (sum_ext d (fun i => sum d (fun j =>
           off i j * (v i * v i) + off i j * (v j * v j)))
         (fun i => sum d (fun j => off i j * (v i * v i))
                   + sum d (fun j => off i j * (v j * v j)))) in lower
  by (intros; apply sum_add).
rewrite sum_add, off_half in lower; lra.
Qed.

(** * Factors *)

(** R'R, R: k x d *)
Lemma form_gram d k (F : mat) v :
  form d (mulmm k (tr F) F) v = dot k (mulmv d F v) (mulmv d F v).
Proof.
unfold mulmm; rewrite (form_sum_matrix d k (fun l i j => F l i * F l j)).
apply sum_ext; intros l _; rewrite form_outer; reflexivity.
Qed.

Lemma gram_psd d k F : psd d (mulmm k (tr F) F).
Proof. intros v; rewrite form_gram; apply dot_ge0. Qed.

Lemma gram_symmetric d k F : symmetric d (mulmm k (tr F) F).
Proof. intros i j _ _; apply sum_ext; intros l _; apply Rmult_comm. Qed.

(** A witness `factor`: c A = E + R'R with E dominant, c > 0 *)
Theorem factor_psd d k A E F c :
  0 < c -> symmetric d E -> dominant d E ->
  (forall i j, (i < d)%nat -> (j < d)%nat ->
     c * A i j = E i j + mulmm k (tr F) F i j) ->
  psd d A.
Proof.
intros c_gt0 E_sym E_dominant entries_eq v.
assert (sum_eq : c * form d A v
                 = form d E v + form d (mulmm k (tr F) F) v).
{ rewrite <- form_scale, <- form_add; apply form_matrix_ext, entries_eq. }
assert (E_ge0 := dominant_psd d E E_sym E_dominant v).
assert (F_ge0 := gram_psd d k F v).
apply (Rmult_le_reg_l c); lra.
Qed.

(** * Elimination *)

(** a_pp A - (column p)(row p): a_pp times the Schur complement of a_pp, with
    row and column p equal to 0 *)
Definition schur (p : nat) (A : mat) : mat :=
  fun i j => A p p * A i j - A i p * A p j.

Lemma schur_symmetric d p A :
  (p < d)%nat -> symmetric d A -> symmetric d (schur p A).
Proof.
intros p_lt A_sym i j i_lt j_lt; unfold schur.
rewrite (A_sym i j), (A_sym i p), (A_sym p j); trivial; ring.
Qed.

Lemma form_schur d p A v :
  (p < d)%nat -> symmetric d A ->
  A p p * form d A v
  = form d (schur p A) v + dot d (A p) v * dot d (A p) v.
Proof.
intros p_lt A_sym.
rewrite <- (form_outer d (A p) (A p)), <- form_add, <- form_scale.
apply form_matrix_ext; intros i j i_lt j_lt; unfold schur.
rewrite (A_sym i p); trivial; ring.
Qed.

(** A is semidefinite where its Schur complement is. *)
Theorem eliminate_psd d p A :
  (p < d)%nat -> symmetric d A -> 0 < A p p ->
  psd d A <-> psd d (schur p A).
Proof.
intros p_lt A_sym pivot_gt0; split.
- intros A_psd v.
  set (t := - dot d (A p) v / A p p).
  set (w := vadd v (vscale t (fun i => unit_matrix i p))).
  assert (row_w : dot d (A p) w = 0).
  { unfold w; rewrite dot_add_r, dot_scale_r.
    replace (dot d (A p) (fun i => unit_matrix i p)) with (A p p).
    - unfold t; field; lra.
    - symmetry; unfold dot; rewrite (sum_pick d p); unfold unit_matrix.
      + rewrite Nat.eqb_refl; ring.
      + exact p_lt.
      + intros i _ i_ne; rewrite (proj2 (Nat.eqb_neq i p) i_ne); ring. }
  assert (same : form d (schur p A) w = form d (schur p A) v).
  { apply form_ext; intros i j i_lt j_lt.
    unfold w, vadd, vscale, unit_matrix, schur.
    destruct (Nat.eqb_spec i p) as [i_eq | i_ne]; [subst i; ring |].
    destruct (Nat.eqb_spec j p) as [j_eq | j_ne]; [subst j; ring |].
    ring. }
  assert (split_w := form_schur d p A w p_lt A_sym).
  rewrite row_w, same in split_w.
  assert (w_ge0 := A_psd w); nra.
- intros schur_psd v.
  assert (split_v := form_schur d p A v p_lt A_sym).
  assert (schur_ge0 := schur_psd v).
  apply (Rmult_le_reg_l (A p p)); [exact pivot_gt0 | nra].
Qed.

(** v'Av >= 0 for the vectors that are 0 where [done] is true *)
Definition psd_rest (d : nat) (done : nat -> bool) (A : mat) : Prop :=
  forall v, (forall i, (i < d)%nat -> done i = true -> v i = 0) ->
    0 <= form d A v.

(** [done] and p *)
Definition mark (p : nat) (done : nat -> bool) : nat -> bool :=
  fun i => ((i =? p)%nat || done i)%bool.

(** One round of a witness `elimination`, with pivot p: what is left of B is a
    positive multiple 1/c of the Schur complement. For Bareiss, c is the last
    pivot. Entries of A, B in finished rows and columns do not count. *)
Theorem eliminate_done d p done A B c :
  (p < d)%nat -> done p = false -> 0 < A p p -> 0 < c ->
  (forall i j, (i < d)%nat -> (j < d)%nat ->
     done i = false -> done j = false -> A i j = A j i) ->
  (forall i j, (i < d)%nat -> (j < d)%nat ->
     mark p done i = false -> mark p done j = false ->
     c * B i j = A p p * A i j - A i p * A p j) ->
  psd_rest d (mark p done) B -> psd_rest d done A.
Proof.
intros p_lt p_left pivot_gt0 c_gt0 A_sym B_eq B_psd v v_zero.
set (C := fun i j => if (done i || done j)%bool then 0 else A i j).
assert (C_sym : symmetric d C).
{ intros i j i_lt j_lt; unfold C; rewrite (orb_comm (done j)).
  destruct (done i) eqn:i_done; [reflexivity |].
  destruct (done j) eqn:j_done; [reflexivity | apply A_sym; trivial]. }
assert (C_pivot : C p p = A p p).
{ unfold C; rewrite p_left; reflexivity. }
assert (A_form : form d A v = form d C v).
{ apply form_ext; intros i j i_lt j_lt; unfold C.
  destruct (done i) eqn:i_done; [rewrite v_zero; trivial; simpl; ring |].
  destruct (done j) eqn:j_done; [rewrite (v_zero j); trivial; simpl; ring |].
  reflexivity. }
set (w := fun i => if (i =? p)%nat then 0 else v i).
assert (w_zero : forall i, (i < d)%nat -> mark p done i = true -> w i = 0).
{ intros i i_lt; unfold mark, w.
  destruct (i =? p)%nat; [reflexivity | apply v_zero, i_lt]. }
assert (B_form : c * form d B w = form d (schur p C) v).
{ rewrite <- form_scale; apply form_ext; intros i j i_lt j_lt.
  assert (entry := B_eq i j i_lt j_lt); unfold mark in entry.
  unfold w, schur; rewrite C_pivot; unfold C; rewrite p_left, orb_false_r.
  destruct (Nat.eqb_spec i p) as [i_eq | i_ne].
  { subst i; rewrite p_left; simpl; ring. }
  destruct (Nat.eqb_spec j p) as [j_eq | j_ne].
  { subst j; rewrite p_left, orb_false_r.
    destruct (done i); simpl; ring. }
  destruct (done i) eqn:i_done; [rewrite v_zero; trivial; ring |].
  destruct (done j) eqn:j_done; [rewrite (v_zero j); trivial; ring |].
  simpl; rewrite entry; trivial. }
assert (split_v := form_schur d p C v p_lt C_sym).
rewrite C_pivot, <- B_form, <- A_form in split_v.
assert (B_ge0 := B_psd w w_zero).
apply (Rmult_le_reg_l (A p p)); [exact pivot_gt0 | nra].
Qed.

(** The indices other than p, in order *)
Definition skip (p i : nat) : nat := if (i <? p)%nat then i else S i.

Lemma sum_skip n p f :
  (p <= n)%nat -> sum (S n) f = f p + sum n (fun i => f (skip p i)).
Proof.
induction n as [| n IHn]; intros p_le.
- replace p with O by lia; simpl; lra.
- destruct (Nat.eq_dec p (S n)) as [p_eq | p_ne].
  + subst p; rewrite sum_S, Rplus_comm; f_equal.
    apply sum_ext; intros i i_lt; unfold skip.
    rewrite (proj2 (Nat.ltb_lt i (S n)) i_lt); reflexivity.
  + rewrite sum_S, IHn by lia.
    change (sum (S n) (fun i => f (skip p i)))
      with (sum n (fun i => f (skip p i)) + f (skip p n)).
    replace (skip p n) with (S n); [ring |].
    unfold skip; rewrite (proj2 (Nat.ltb_ge n p)) by lia; reflexivity.
Qed.

Lemma skip_lt n p i : (i < n)%nat -> (skip p i < S n)%nat.
Proof. intros i_lt; unfold skip; destruct (i <? p)%nat; lia. Qed.

(** One round that strikes row and column p out. *)
Theorem eliminate_minor d p A B c :
  (p <= d)%nat -> symmetric (S d) A -> 0 < A p p -> 0 < c ->
  (forall i j, (i < d)%nat -> (j < d)%nat ->
     c * B i j
     = A p p * A (skip p i) (skip p j) - A (skip p i) p * A p (skip p j)) ->
  psd d B -> psd (S d) A.
Proof.
intros p_le A_sym pivot_gt0 c_gt0 B_eq B_psd.
apply (eliminate_psd (S d) p); [lia | exact A_sym | exact pivot_gt0 |].
intros v; set (w := fun i => v (skip p i)).
replace (form (S d) (schur p A) v) with (c * form d B w).
- apply Rmult_le_pos; [lra | apply B_psd].
- rewrite <- form_scale, !form_sum, (sum_skip d p) by exact p_le.
  rewrite (sum_zero (S d) (fun j => v p * schur p A p j * v j))
    by (intros; unfold schur; ring).
  rewrite Rplus_0_l; apply sum_ext; intros i i_lt.
  rewrite (sum_skip d p) by exact p_le.
  replace (schur p A (skip p i) p) with 0 by (unfold schur; ring).
  rewrite Rmult_0_r, Rmult_0_l, Rplus_0_l.
  apply sum_ext; intros j j_lt; unfold w, schur.
  rewrite B_eq; trivial.
Qed.

(** A semidefinite matrix has no negative diagonal entry. *)
Lemma psd_diagonal d A i : psd d A -> (i < d)%nat -> 0 <= A i i.
Proof.
intros A_psd i_lt.
replace (A i i) with (form d A (fun j => unit_matrix j i));
  [apply A_psd |].
rewrite form_sum, (sum_pick d i); [| exact i_lt |].
- rewrite (sum_pick d i); unfold unit_matrix; [| exact i_lt |].
  + rewrite Nat.eqb_refl; ring.
  + intros j _ j_ne; rewrite (proj2 (Nat.eqb_neq j i) j_ne); ring.
- intros k _ k_ne; apply sum_zero; intros j _; unfold unit_matrix.
  rewrite (proj2 (Nat.eqb_neq k i) k_ne); ring.
Qed.

(** * Definite matrices *)

(** (u, x) in R^(d+1) *)
Definition extend (d : nat) (u : vec) (x : R) : vec :=
  fun i => if (i =? d)%nat then x else u i.

Lemma extend_last d u x : extend d u x d = x.
Proof. unfold extend; rewrite Nat.eqb_refl; reflexivity. Qed.

Lemma extend_init d u x : veq d (extend d u x) u.
Proof.
intros i i_lt; unfold extend.
rewrite (proj2 (Nat.eqb_neq i d)); [reflexivity | lia].
Qed.

Lemma dot_extend d w u x :
  dot (S d) w (extend d u x) = dot d w u + w d * x.
Proof.
unfold dot; rewrite sum_S, extend_last; f_equal.
apply sum_ext; intros i i_lt; rewrite extend_init; trivial.
Qed.

Lemma symmetric_init d A : symmetric (S d) A -> symmetric d A.
Proof. intros A_sym i j i_lt j_lt; apply A_sym; lia. Qed.

(** The Schur complement does not see the last entry. *)
Lemma form_schur_last d A v :
  form (S d) (schur d A) v = form d (schur d A) v.
Proof.
rewrite !form_sum, sum_S.
rewrite (sum_zero (S d) (fun j => v d * schur d A d j * v j))
  by (intros; unfold schur; ring).
rewrite Rplus_0_r; apply sum_ext; intros i _; rewrite sum_S.
unfold schur at 2; ring.
Qed.

(** A semidefinite matrix is >= delta I, delta > 0, or has a null vector. *)
Theorem definite_or_kernel d A :
  symmetric d A -> psd d A ->
  (exists delta, 0 < delta /\ forall v, delta * dot d v v <= form d A v)
  \/ (exists v, ~ veq d v vzero /\ form d A v = 0).
Proof.
revert A; induction d as [| d IHd]; intros A A_sym A_psd.
- left; exists 1; split; [lra |]; intros v; unfold form, dot; simpl; lra.
- destruct (psd_diagonal (S d) A d A_psd (Nat.lt_succ_diag_r d))
    as [pivot_gt0 | pivot_eq0].
  2:{ right; exists (extend d vzero 1); split.
      - intros zero; specialize (zero d (Nat.lt_succ_diag_r d)).
        rewrite extend_last in zero; unfold vzero in zero; lra.
      - rewrite form_sum, sum_S, sum_S, extend_last, <- pivot_eq0.
        rewrite !sum_zero; [ring | |].
        + intros i i_lt; rewrite extend_init by exact i_lt.
          unfold vzero; ring.
        + intros i i_lt; apply sum_zero; intros j _.
          rewrite extend_init by exact i_lt; unfold vzero; ring. }
  set (a := A d d) in *.
  assert (split_form : forall v,
    a * form (S d) A v
    = form d (schur d A) v + dot (S d) (A d) v * dot (S d) (A d) v).
  { intros v; unfold a; rewrite (form_schur (S d) d), form_schur_last;
      [reflexivity | lia | exact A_sym]. }
  assert (rest_sym : symmetric d (schur d A)).
  { apply symmetric_init, schur_symmetric; [lia | exact A_sym]. }
  assert (rest_psd : psd d (schur d A)).
  { intros u; rewrite <- form_schur_last.
    apply eliminate_psd; [lia | exact A_sym | exact pivot_gt0 | exact A_psd]. }
  destruct (IHd (schur d A) rest_sym rest_psd)
    as [[delta [delta_gt0 rest_ge]] | [u [u_ne0 u_kernel]]].
  + left; set (s := dot d (A d) (A d)).
    assert (s_ge0 : 0 <= s) by apply dot_ge0.
    set (k := (a * a + 2 * s) / delta + 2).
    assert (k_ge2 : 2 <= k).
    { unfold k; assert (0 <= (a * a + 2 * s) / delta); [| lra].
      apply Rmult_le_pos; [nra |].
      left; apply Rinv_0_lt_compat, delta_gt0. }
    exists (a * a * a / (a * a * k)); split.
    * apply Rmult_lt_0_compat; [| apply Rinv_0_lt_compat];
        repeat apply Rmult_lt_0_compat; lra.
    * intros v.
      assert (head_ge := rest_ge v).
      assert (whole := split_form v).
      assert (row_le := dot_cauchy_schwarz d (A d) v); fold s in row_le.
      assert (row_eq : dot (S d) (A d) v = dot d (A d) v + a * v d)
        by reflexivity.
      set (r := dot d (A d) v) in *; set (q := dot (S d) (A d) v) in *.
      set (h := dot d v v) in *.
      assert (square_eq : dot (S d) v v = h + v d * v d) by reflexivity.
      assert (last_le : a * a * (v d * v d) <= 2 * (q * q) + 2 * (s * h)).
      { replace (a * a * (v d * v d)) with ((q - r) * (q - r))
          by (rewrite row_eq; ring).
        assert (sum_ge0 := Rle_0_sqr (q + r)); unfold Rsqr in sum_ge0; lra. }
      assert (h_le : (a * a + 2 * s) * h
                     <= (a * a + 2 * s) / delta * form d (schur d A) v).
      { apply (Rmult_le_compat_l ((a * a + 2 * s) / delta)) in head_ge.
        - replace ((a * a + 2 * s) / delta * (delta * h))
            with ((a * a + 2 * s) * h) in head_ge by (field; lra).
          exact head_ge.
        - unfold k in k_ge2; lra. }
      assert (total : a * a * dot (S d) v v <= k * (a * form (S d) A v)).
      { rewrite square_eq, whole; unfold k.
        assert (0 <= form d (schur d A) v) by apply rest_psd.
        assert (0 <= (a * a + 2 * s) / delta) by (unfold k in k_ge2; lra).
        assert (q_ge0 := Rle_0_sqr q); unfold Rsqr in q_ge0.
        nra. }
      replace (a * a * a / (a * a * k)) with (a * / k) by (field; lra).
      apply (Rmult_le_reg_l (k * a));
        [apply Rmult_lt_0_compat; lra |].
      replace (k * a * (a * / k * dot (S d) v v))
        with (a * a * dot (S d) v v) by (field; lra).
      lra.
  + right; exists (extend d u (- dot d (A d) u / a)); split.
    * intros zero; apply u_ne0; intros i i_lt.
      rewrite <- (extend_init d u (- dot d (A d) u / a) i i_lt).
      apply zero; lia.
    * assert (whole := split_form (extend d u (- dot d (A d) u / a))).
      rewrite (form_vec_ext d _ _ u) in whole by apply extend_init.
      rewrite u_kernel, dot_extend in whole; fold a in whole.
      replace (dot d (A d) u + a * (- dot d (A d) u / a)) with 0 in whole
        by (field; lra).
      apply (Rmult_eq_reg_l a); lra.
Qed.

Lemma definite_psd d A : definite d A -> psd d A.
Proof.
intros A_definite v.
destruct (Req_dec (dot d v v) 0) as [v_eq0 | v_ne0].
- right; symmetry; rewrite form_sum; apply sum_zero; intros i i_lt.
  apply sum_zero; intros j _; rewrite (dot_eq0 d v v_eq0 i i_lt).
  unfold vzero; ring.
- left; apply A_definite; intros v_zero; apply v_ne0.
  rewrite (dot_ext d v vzero v v v_zero); [apply dot_zero_l |].
  intros i _; reflexivity.
Qed.

(** A definite system A x = b has a solution. *)
Theorem definite_surjective d A b :
  symmetric d A -> definite d A -> exists x, veq d (mulmv d A x) b.
Proof.
revert A b; induction d as [| d IHd]; intros A b A_sym A_definite.
- exists vzero; intros i i_lt; lia.
- assert (pivot_gt0 : 0 < A d d).
  { destruct (psd_diagonal (S d) A d (definite_psd _ _ A_definite)
                (Nat.lt_succ_diag_r d)) as [pivot_gt0 | pivot_eq0];
      [exact pivot_gt0 |].
    assert (e_gt0 : 0 < form (S d) A (extend d vzero 1)).
    { apply A_definite; intros zero.
      specialize (zero d (Nat.lt_succ_diag_r d)).
      rewrite extend_last in zero; unfold vzero in zero; lra. }
    rewrite form_sum, sum_S, sum_S, extend_last, <- pivot_eq0 in e_gt0.
    rewrite !sum_zero in e_gt0; [lra | |].
    - intros i i_lt; rewrite extend_init by exact i_lt.
      unfold vzero; ring.
    - intros i i_lt; apply sum_zero; intros j _.
      rewrite extend_init by exact i_lt; unfold vzero; ring. }
  set (a := A d d) in *.
  assert (rest_sym : symmetric d (schur d A)).
  { apply symmetric_init, schur_symmetric; [lia | exact A_sym]. }
  assert (rest_definite : definite d (schur d A)).
  { intros u u_ne0; set (v := extend d u (- dot d (A d) u / a)).
    assert (v_gt0 : 0 < form (S d) A v).
    { apply A_definite; intros zero; apply u_ne0; intros i i_lt.
      rewrite <- (extend_init d u (- dot d (A d) u / a) i i_lt).
      apply zero; lia. }
    assert (whole := form_schur (S d) d A v (Nat.lt_succ_diag_r d) A_sym).
    rewrite form_schur_last in whole; unfold v in whole at 2 3 4.
    rewrite (form_vec_ext d _ _ u) in whole by apply extend_init.
    rewrite dot_extend in whole; fold a in whole.
    replace (dot d (A d) u + a * (- dot d (A d) u / a)) with 0 in whole
      by (field; lra).
    nra. }
  destruct (IHd (schur d A) (fun i => a * b i - b d * A d i)
              rest_sym rest_definite) as [u u_solves].
  exists (extend d u ((b d - dot d (A d) u) / a)); intros i i_lt.
  unfold mulmv; rewrite dot_extend.
  destruct (Nat.eq_dec i d) as [i_eq | i_ne].
  + subst i; fold a; field; lra.
  + assert (i_lt_d : (i < d)%nat) by lia.
    specialize (u_solves i i_lt_d); unfold mulmv in u_solves.
    assert (row_eq : dot d (schur d A i) u
                     = a * dot d (A i) u - A i d * dot d (A d) u).
    { unfold dot; rewrite <- !sum_scale, <- sum_sub.
      apply sum_ext; intros; unfold schur; fold a; ring. }
    rewrite row_eq, (A_sym d i) in u_solves; [| lia | lia].
    apply (Rmult_eq_reg_l a); [| lra].
    replace (a * (dot d (A i) u + A i d * ((b d - dot d (A d) u) / a)))
      with (a * dot d (A i) u - A i d * dot d (A d) u + A i d * b d)
      by (field; lra).
    rewrite u_solves; ring.
Qed.
