(** Rank, null space and row space of X, and least squares without full rank
    (CHEN2024, Definitions 3.8, 3.9, Lemma 3.10; FORMAT.md 4.3, 4.5).

    Exports
    - [independent], [null_basis], [rank]
    - [rank_exists], [rank_unique], [rank_full] (rank d: only 0 is null),
      [rank_row_basis] (the row space has dimension r)
    - [row_convex_witness], [null_basis_witness], [rank_witness]: what a checked
      `smallest-positive-at-least` establishes
    - [least_squares_minimises], [minimiser_least_squares],
      [least_squares_least_norm], [least_squares_unique],
      [least_squares_full_rank], [least_squares_exists] *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Model Forms Definite Spectral.

Local Open Scope R_scope.

(** The k vectors N_0 .. N_(k-1) of R^d are linearly independent. *)
Definition independent (d k : nat) (N : nat -> vec) : Prop :=
  forall c, veq d (combine k c N) vzero -> veq k c vzero.

(** N_0 .. N_(k-1) are a basis of the null space of X. *)
Definition null_basis (n d : nat) (X : mat) (k : nat) (N : nat -> vec) :
    Prop :=
  (forall i, (i < k)%nat -> veq n (mulmv d X (N i)) vzero) /\
  independent d k N /\
  (forall v, veq n (mulmv d X v) vzero ->
     exists c, veq d v (combine k c N)).

(** X has rank r: its null space has dimension d - r. *)
Definition rank (n d : nat) (X : mat) (r : nat) : Prop :=
  (r <= d)%nat /\ exists N, null_basis n d X (d - r) N.

(** * Dimension *)

(** x at place p, before and after it the entries of c *)
Definition insert (p : nat) (x : R) (c : vec) : vec :=
  fun i => if (i <? p)%nat then c i
           else if (i =? p)%nat then x else c (pred i).

Lemma insert_at p x c : insert p x c p = x.
Proof.
unfold insert; rewrite Nat.ltb_irrefl, Nat.eqb_refl; reflexivity.
Qed.

Lemma insert_skip p x c i : insert p x c (skip p i) = c i.
Proof.
unfold insert, skip; destruct (Nat.ltb_spec i p) as [i_lt | i_ge].
- rewrite (proj2 (Nat.ltb_lt i p) i_lt); reflexivity.
- rewrite (proj2 (Nat.ltb_ge (S i) p)), (proj2 (Nat.eqb_neq (S i) p)) by lia.
  reflexivity.
Qed.

Lemma nonzero_entry_dec k (f : vec) :
  veq k f vzero \/ exists p, (p < k)%nat /\ f p <> 0.
Proof.
induction k as [| k IHk].
- left; intros i i_lt; lia.
- destruct IHk as [f_zero | [p [p_lt f_ne0]]].
  + destruct (Req_dec (f k) 0) as [last_eq0 | last_ne0].
    * left; intros i i_lt; destruct (Nat.eq_dec i k) as [i_eq | i_ne];
        [subst i; exact last_eq0 | apply f_zero; lia].
    * right; exists k; split; [lia | exact last_ne0].
  + right; exists p; split; [lia | exact f_ne0].
Qed.

(** m equations in more than m unknowns have a solution other than 0. *)
Lemma homogeneous_solution m : forall k (A : mat),
  (m < k)%nat ->
  exists c, ~ veq k c vzero /\ veq m (mulmv k A c) vzero.
Proof.
induction m as [| m IHm]; intros k A m_lt.
- exists (fun _ => 1); split.
  + intros zero; specialize (zero O m_lt); unfold vzero in zero; lra.
  + intros i i_lt; lia.
- destruct (nonzero_entry_dec k (A m)) as [row_zero | [p [p_lt pivot_ne0]]].
  + destruct (IHm k A) as [c [c_ne0 c_solves]]; [lia |].
    exists c; split; [exact c_ne0 |]; intros i i_lt.
    destruct (Nat.eq_dec i m) as [i_eq | i_ne].
    * subst i; unfold mulmv; transitivity (dot k vzero c);
        [apply dot_ext; [exact row_zero | intros j _; reflexivity] |].
      apply dot_zero_l.
    * apply c_solves; lia.
  + destruct k as [| k]; [lia |].
    assert (p_le : (p <= k)%nat) by lia.
    set (B := fun i j =>
                A i (skip p j) - A i p / A m p * A m (skip p j)).
    destruct (IHm k B) as [c [c_ne0 c_solves]]; [lia |].
    set (x := - dot k (fun j => A m (skip p j)) c / A m p).
    exists (insert p x c); split.
    * intros zero; apply c_ne0; intros i i_lt.
      rewrite <- (insert_skip p x c); apply (zero (skip p i)), skip_lt, i_lt.
    * assert (row : forall i, mulmv (S k) A (insert p x c) i
                    = A i p * x + dot k (fun j => A i (skip p j)) c).
      { intros i; unfold mulmv, dot; rewrite (sum_skip k p) by exact p_le.
        rewrite insert_at; f_equal; apply sum_ext; intros j _.
        rewrite insert_skip; reflexivity. }
      intros i i_lt; rewrite row; unfold vzero.
      destruct (Nat.eq_dec i m) as [i_eq | i_ne].
      { subst i; unfold x; field; exact pivot_ne0. }
      assert (i_lt_m : (i < m)%nat) by lia.
      specialize (c_solves i i_lt_m); unfold vzero in c_solves.
      assert (B_row : mulmv k B c i
        = dot k (fun j => A i (skip p j)) c
          - A i p / A m p * dot k (fun j => A m (skip p j)) c).
      { unfold mulmv, dot; rewrite <- sum_scale, <- sum_sub.
        apply sum_ext; intros; unfold B; ring. }
      rewrite B_row in c_solves; rewrite <- c_solves; unfold x.
      field; exact pivot_ne0.
Qed.

Lemma finite_choice (k : nat) (P : nat -> vec -> Prop) :
  (forall i, (i < k)%nat -> exists c, P i c) ->
  exists f, forall i, (i < k)%nat -> P i (f i).
Proof.
induction k as [| k IHk]; intros each.
- exists (fun _ => vzero); intros i i_lt; lia.
- destruct IHk as [f f_spec]; [intros i i_lt; apply each; lia |].
  destruct (each k (Nat.lt_succ_diag_r k)) as [c c_spec].
  exists (fun i => if (i =? k)%nat then c else f i); intros i i_lt.
  destruct (Nat.eqb_spec i k) as [i_eq | i_ne].
  + subst i; exact c_spec.
  + apply f_spec; lia.
Qed.

(** Independent vectors are no more than those that span them. *)
Lemma independent_le d k m N M :
  independent d k N ->
  (forall i, (i < k)%nat -> exists c, veq d (N i) (combine m c M)) ->
  (k <= m)%nat.
Proof.
intros N_indep spans; destruct (Nat.le_gt_cases k m) as [k_le | k_gt];
  [exact k_le | exfalso].
destruct (finite_choice k _ spans) as [C N_eq].
destruct (homogeneous_solution m k (fun j i => C i j) k_gt)
  as [c [c_ne0 c_solves]].
apply c_ne0, N_indep; intros l l_lt.
unfold combine, vzero.
rewrite (sum_ext k _ (fun i => sum m (fun j => c i * C i j * M j l))).
- rewrite sum_swap; apply sum_zero; intros j j_lt.
  rewrite (sum_ext k _ (fun i => M j l * (C i j * c i))) by (intros; ring).
  rewrite sum_scale.
  assert (row := c_solves j j_lt); unfold mulmv, dot, vzero in row.
  rewrite row; ring.
- intros i i_lt; rewrite (N_eq i i_lt l l_lt); unfold combine.
  rewrite <- sum_scale; apply sum_ext; intros; ring.
Qed.

Lemma orthonormal_independent d k e :
  orthonormal d k e -> independent d k e.
Proof.
intros e_on c c_zero i i_lt.
rewrite <- (dot_combine_orthonormal d k c e i e_on i_lt).
rewrite (dot_ext d (e i) (e i) _ _ (fun j _ => eq_refl) c_zero).
apply dot_zero_r.
Qed.

(** R^d is spanned by the d unit vectors. *)
Lemma combine_unit d v : veq d v (combine d v unit_matrix).
Proof.
intros i i_lt; unfold combine; rewrite (sum_pick d i).
- unfold unit_matrix; rewrite Nat.eqb_refl; ring.
- exact i_lt.
- intros j _ j_ne; unfold unit_matrix.
  rewrite (proj2 (Nat.eqb_neq j i) j_ne); ring.
Qed.

Lemma unit_independent d : independent d d unit_matrix.
Proof.
intros c c_zero i i_lt; rewrite (combine_unit d c i i_lt).
apply c_zero, i_lt.
Qed.

Lemma independent_le_dimension d k N : independent d k N -> (k <= d)%nat.
Proof.
intros N_indep; apply (independent_le d k d N unit_matrix N_indep).
intros i _; exists (N i); apply combine_unit.
Qed.

(** * Rank *)

Lemma null_basis_size n d X k m N M :
  null_basis n d X k N -> null_basis n d X m M -> (k <= m)%nat.
Proof.
intros [N_null [N_indep _]] [_ [_ M_spans]].
apply (independent_le d k m N M N_indep).
intros i i_lt; apply M_spans, N_null, i_lt.
Qed.

(** The rank is one number. *)
Theorem rank_unique n d X r s : rank n d X r -> rank n d X s -> r = s.
Proof.
intros [r_le [N N_basis]] [s_le [M M_basis]].
assert (N_le := null_basis_size n d X _ _ N M N_basis M_basis).
assert (M_le := null_basis_size n d X _ _ M N M_basis N_basis).
lia.
Qed.

(** Every X has a rank: I minus the projection on the row space has an
    eigenbasis, which is one of the null space. *)
Theorem rank_exists n d X : exists r, rank n d X r.
Proof.
destruct (gram_eigenbasis n d X) as [k [lam [e basis]]].
assert (e_on := basis_on n d X k lam e basis).
set (P := deflate unit_matrix k (fun _ => 1) e).
assert (P_rest : forall v, veq d (mulmv d P v)
                   (vsub v (combine k (coordinates d e v) e))).
{ intros v i i_lt; unfold P; rewrite mulmv_deflate, mulmv_unit by exact i_lt.
  unfold vsub; f_equal; apply combine_ext.
  intros l _; unfold coordinates; ring. }
assert (P_sym : symmetric d P) by apply deflate_symmetric, unit_symmetric.
assert (P_psd : psd d P).
{ intros v; unfold form.
  rewrite (dot_ext d v v _ _ (fun j _ => eq_refl) (P_rest v)).
  rewrite dot_sub_r, (dot_sym d v (combine _ _ _)), dot_combine.
  assert (bessel_le := bessel d k e v e_on); unfold coordinates; lra. }
destruct (spectral_theorem d P P_sym P_psd) as [m [nu [f [f_on f_rest]]]].
destruct f_rest as [nu_gt0 P_combine].
assert (m_le := orthonormal_le d m f f_on).
exists (d - m)%nat; split; [lia |]; exists f.
replace (d - (d - m))%nat with m by lia.
assert (P_eigen : forall i, (i < m)%nat ->
          veq d (mulmv d P (f i)) (vscale (nu i) (f i))).
{ intros i i_lt j j_lt; rewrite (P_combine (f i) j j_lt); unfold combine.
  rewrite (sum_pick m i); [| exact i_lt |].
  - rewrite f_on by exact i_lt; unfold unit_matrix, vscale.
    rewrite Nat.eqb_refl; ring.
  - intros l l_lt l_ne; rewrite f_on by trivial; unfold unit_matrix.
    rewrite (proj2 (Nat.eqb_neq l i) l_ne); ring. }
split; [| split].
- intros i i_lt j j_lt.
  assert (null := rest_null n d X k lam e basis (f i) j j_lt).
  assert (scaled : veq d (vsub (f i) (combine k (coordinates d e (f i)) e))
                     (vscale (nu i) (f i))).
  { intros l l_lt; rewrite <- (P_rest (f i) l l_lt).
    apply P_eigen; trivial. }
  rewrite (mulmv_ext d X _ _ j scaled), mulmv_scale in null.
  unfold vzero in *; assert (nu_pos := nu_gt0 i i_lt).
  apply (Rmult_eq_reg_l (nu i)); lra.
- apply orthonormal_independent, f_on.
- intros v v_null; exists (fun i => nu i * dot d (f i) v); intros j j_lt.
  rewrite <- (P_combine v j j_lt), (P_rest v j j_lt).
  unfold vsub, combine.
  rewrite (sum_zero k); [ring |]; intros i i_lt.
  unfold coordinates; rewrite dot_sym.
  rewrite (basis_row n d X k lam e basis i i_lt v v_null); ring.
Qed.

(** Rank d: only 0 is null. *)
Theorem rank_full n d X :
  rank n d X d <-> forall v, veq n (mulmv d X v) vzero -> veq d v vzero.
Proof.
split.
- intros [_ [N [_ [_ N_spans]]]] v v_null.
  destruct (N_spans v v_null) as [c v_eq]; rewrite Nat.sub_diag in v_eq.
  exact v_eq.
- intros null_zero; split; [lia |]; exists (fun _ => vzero).
  rewrite Nat.sub_diag; split; [| split].
  + intros i i_lt; lia.
  + intros c _ i i_lt; lia.
  + intros v v_null; exists vzero; apply null_zero, v_null.
Qed.

Lemma sum_append k m f :
  sum (k + m) f = sum k f + sum m (fun i => f (k + i)%nat).
Proof.
induction m as [| m IHm].
- rewrite Nat.add_0_r; simpl; ring.
- rewrite Nat.add_succ_r, !sum_S, IHm; ring.
Qed.

(** The number of eigenvectors of G is the rank. *)
Lemma rank_eigenbasis n d X r k lam e :
  rank n d X r -> eigenbasis d (gram n X) k lam e -> k = r.
Proof.
intros [r_le [N [N_null [N_indep N_spans]]]] basis.
assert (e_on := basis_on n d X k lam e basis).
set (m := (d - r)%nat) in *.
set (F := fun i => if (i <? k)%nat then e i else N (i - k)%nat).
assert (F_combine : forall c i, combine (k + m) c F i
          = combine k c e i + combine m (fun j => c (k + j)%nat) N i).
{ intros c i; unfold combine; rewrite sum_append; f_equal; apply sum_ext.
  - intros j j_lt; unfold F; rewrite (proj2 (Nat.ltb_lt j k) j_lt).
    reflexivity.
  - intros j _; unfold F; rewrite (proj2 (Nat.ltb_ge (k + j) k)) by lia.
    replace (k + j - k)%nat with j by lia; reflexivity. }
assert (F_indep : independent d (k + m) F).
{ intros c c_zero.
  set (c' := fun j => c (k + j)%nat).
  assert (N_part : veq n (mulmv d X (combine m c' N)) vzero).
  { intros i i_lt; unfold mulmv; rewrite dot_sym, dot_combine.
    apply sum_zero; intros l l_lt; rewrite dot_sym.
    assert (null := N_null l l_lt i i_lt); unfold mulmv, vzero in null.
    rewrite null; ring. }
  assert (e_part : forall i, (i < k)%nat -> c i = 0).
  { intros i i_lt.
    rewrite <- (dot_combine_orthonormal d k c e i e_on i_lt).
    assert (e_row := basis_row n d X k lam e basis i i_lt).
    assert (both : dot d (e i) (combine (k + m) c F) = 0).
    { rewrite (dot_ext d (e i) (e i) _ _ (fun j _ => eq_refl) c_zero).
      apply dot_zero_r. }
    rewrite (dot_ext d (e i) (e i) _ (vadd (combine k c e) (combine m c' N)))
      in both; [| intros j _; reflexivity | intros j _; apply F_combine].
    rewrite dot_add_r, (dot_sym d _ (combine m c' N)) in both.
    rewrite (e_row _ N_part) in both; lra. }
  assert (N_zero : veq m c' vzero).
  { apply N_indep; intros i i_lt.
    change (combine m (fun j => c (k + j)%nat) N i = 0).
    assert (entry := c_zero i i_lt); rewrite F_combine in entry.
    change (vzero i) with 0 in entry.
    assert (e_zero : combine k c e i = 0).
    { apply sum_zero; intros l l_lt; rewrite e_part by exact l_lt; ring. }
    lra. }
  intros i i_lt; destruct (Nat.lt_ge_cases i k) as [i_low | i_high].
  - apply e_part, i_low.
  - replace i with (k + (i - k))%nat by lia.
    apply (N_zero (i - k)%nat); lia. }
assert (F_le := independent_le_dimension d (k + m) F F_indep).
assert (d_le : (d <= k + m)%nat).
{ apply (independent_le d d (k + m) unit_matrix F (unit_independent d)).
  intros j _; set (v := unit_matrix j).
  destruct (N_spans _ (rest_null n d X k lam e basis v)) as [b b_eq].
  exists (fun i => if (i <? k)%nat then coordinates d e v i
                   else b (i - k)%nat).
  intros i i_lt; rewrite F_combine; specialize (b_eq i i_lt).
  unfold vsub in b_eq.
  rewrite (combine_ext k _ (coordinates d e v) e i).
  - rewrite (combine_ext m _ b N i).
    + lra.
    + intros l _; rewrite (proj2 (Nat.ltb_ge (k + l) k)) by lia.
      replace (k + l - k)%nat with l by lia; reflexivity.
  - intros l l_lt; rewrite (proj2 (Nat.ltb_lt l k) l_lt); reflexivity. }
lia.
Qed.

(** The row space of a matrix of rank r has an orthonormal basis of r
    vectors. *)
Theorem rank_row_basis n d X r :
  rank n d X r ->
  exists e, orthonormal d r e /\
    (forall i, (i < r)%nat -> in_row_space n d X (e i)) /\
    (forall v, in_row_space n d X v ->
       veq d v (combine r (coordinates d e v) e)).
Proof.
intros X_rank.
destruct (gram_eigenbasis n d X) as [k [lam [e basis]]].
assert (k_eq := rank_eigenbasis n d X r k lam e X_rank basis).
subst k; exists e; split; [| split].
- apply (basis_on n d X r lam e basis).
- apply (basis_row n d X r lam e basis).
- apply (row_space_combine n d X r lam e basis).
Qed.

(** * Witnesses *)

Section Witness.

Variables (n d k : nat) (X : mat) (N : nat -> vec) (mu w c : R) (A : mat).
Hypothesis mu_gt0 : 0 < mu.
Hypothesis c_gt0 : 0 < c.
Hypothesis N_null :
  forall i, (i < k)%nat -> veq n (mulmv d X (N i)) vzero.
(** A = c (G - mu I) + w N N' *)
Hypothesis A_eq :
  forall i j, (i < d)%nat -> (j < d)%nat ->
    A i j = c * (gram n X i j - mu * unit_matrix i j)
            + w * sum k (fun l => N l i * N l j).
Hypothesis A_psd : psd d A.

Lemma witness_form v :
  form d A v = c * (energy n d X v - mu * dot d v v)
               + w * sum k (fun l => dot d (N l) v * dot d (N l) v).
Proof.
rewrite <- form_gram_energy, <- form_unit, <- form_scale, <- form_sub.
rewrite <- form_scale.
rewrite (sum_ext k _ (fun l => form d (fun i j => N l i * N l j) v))
  by (intros; rewrite form_outer; reflexivity).
rewrite <- (form_sum_matrix d k (fun l i j => N l i * N l j)).
rewrite <- form_scale, <- form_add; apply form_matrix_ext, A_eq.
Qed.

Lemma witness_orthogonal v :
  (forall l, (l < k)%nat -> dot d (N l) v = 0) ->
  mu * dot d v v <= energy n d X v.
Proof.
intros v_orth; assert (A_ge0 := A_psd v); rewrite witness_form in A_ge0.
rewrite sum_zero in A_ge0;
  [nra | intros l l_lt; rewrite v_orth by exact l_lt; ring].
Qed.

(** mu I <= G on the row space: rule `smallest-positive-at-least` *)
Theorem row_convex_witness : strongly_convex_on_rows n d X mu.
Proof.
intros v v_row; apply witness_orthogonal; intros l l_lt.
apply v_row, N_null, l_lt.
Qed.

(** Each vector has a position where it alone is not 0. *)
Hypothesis N_pivots :
  forall i, (i < k)%nat -> exists p, (p < d)%nat /\ N i p <> 0 /\
    forall j, (j < k)%nat -> j <> i -> N j p = 0.

Lemma pivots_independent : independent d k N.
Proof.
intros b b_zero i i_lt.
destruct (N_pivots i i_lt) as [p [p_lt [pivot_ne0 others_eq0]]].
assert (entry := b_zero p p_lt); unfold combine in entry.
rewrite (sum_pick k i) in entry; [| exact i_lt |].
- unfold vzero in *; apply Rmult_integral in entry.
  destruct entry as [b_eq0 | pivot_eq0]; [exact b_eq0 | contradiction].
- intros j j_lt j_ne; rewrite others_eq0 by trivial; ring.
Qed.

(** The projection on the span of N, by the definite system N'N *)
Lemma independent_projection v :
  exists b, forall l, (l < k)%nat -> dot d (N l) (vsub v (combine k b N)) = 0.
Proof.
set (K := fun i j => dot d (N i) (N j)).
assert (K_row : forall b i, mulmv k K b i = dot d (N i) (combine k b N)).
{ intros b i; rewrite dot_sym, dot_combine; apply sum_ext; intros j _.
  unfold K; rewrite dot_sym; ring. }
assert (K_form : forall b,
          form k K b = dot d (combine k b N) (combine k b N)).
{ intros b; rewrite dot_combine; apply sum_ext; intros i _.
  rewrite K_row; reflexivity. }
destruct (definite_surjective k K (fun i => dot d (N i) v)) as [b b_solves].
- intros i j _ _; apply dot_sym.
- intros b b_ne0; rewrite K_form; apply nonzero_square; intros zero.
  apply b_ne0, pivots_independent, zero.
- exists b; intros l l_lt; rewrite dot_sub_r, <- K_row, b_solves by exact l_lt.
  ring.
Qed.

Theorem null_basis_witness : null_basis n d X k N.
Proof.
split; [exact N_null | split; [exact pivots_independent |]].
intros v v_null; destruct (independent_projection v) as [b rest_orth].
exists b; set (z := vsub v (combine k b N)) in *.
assert (z_null : veq n (mulmv d X z) vzero).
{ intros i i_lt; unfold z; rewrite mulmv_sub, (v_null i i_lt).
  unfold mulmv; rewrite dot_sym, dot_combine, sum_zero;
    [unfold vzero; ring |].
  intros l l_lt; rewrite dot_sym.
  assert (null := N_null l l_lt i i_lt); unfold mulmv, vzero in null.
  rewrite null; ring. }
assert (z_le := witness_orthogonal z rest_orth).
assert (z_energy : energy n d X z = 0).
{ unfold energy; rewrite (dot_ext n _ vzero _ vzero z_null z_null).
  apply dot_zero_l. }
assert (z_ge0 := dot_ge0 d z).
assert (z_zero : dot d z z = 0) by nra.
intros i i_lt; assert (entry := dot_eq0 d z z_zero i i_lt).
unfold z, vsub, vzero in entry; lra.
Qed.

(** rank X = d - k *)
Theorem rank_witness : rank n d X (d - k).
Proof.
assert (k_le := independent_le_dimension d k N pivots_independent).
split; [lia |]; exists N; replace (d - (d - k))%nat with k by lia.
exact null_basis_witness.
Qed.

End Witness.

(** * Least squares *)

Lemma gradient_residual n d X y theta i :
  mulmv n (tr X) (residual d X y theta) i
  = moment n X y i - mulmv d (gram n X) theta i.
Proof. unfold residual; rewrite mulmv_sub, mulmv_gram; reflexivity. Qed.

(** |y - X v|^2 = |y - X theta|^2 + |X (v - theta)|^2 *)
Lemma loss_split n d X y theta v :
  least_squares n d X y theta ->
  loss n d X y v
  = loss n d X y theta + / 2 * energy n d X (vsub v theta).
Proof.
intros theta_solves; unfold loss.
set (u := vsub v theta); set (r := residual d X y theta).
assert (r_eq : veq n (residual d X y v) (vsub r (mulmv d X u))).
{ intros i _; unfold r, u, residual, vsub at 1 2 3.
  rewrite mulmv_sub; ring. }
rewrite (dot_ext n _ _ _ _ r_eq r_eq).
rewrite dot_sub_l, !dot_sub_r, (dot_sym n r (mulmv d X u)).
rewrite (dot_mulmv_tr n d X u r).
rewrite (dot_ext d u u _ vzero (fun j _ => eq_refl)).
- rewrite dot_zero_r; unfold energy; ring.
- intros i i_lt; unfold r; rewrite gradient_residual, (theta_solves i i_lt).
  unfold vzero; ring.
Qed.

(** A solution of the normal equations minimises |y - X theta|. *)
Theorem least_squares_minimises n d X y theta v :
  least_squares n d X y theta -> loss n d X y theta <= loss n d X y v.
Proof.
intros theta_solves; rewrite (loss_split n d X y theta v theta_solves).
assert (rest_ge0 := energy_ge0 n d X (vsub v theta)); lra.
Qed.

(** Two solutions differ by a null vector. *)
Lemma least_squares_difference n d X y theta v :
  least_squares n d X y theta -> least_squares n d X y v ->
  veq n (mulmv d X (vsub v theta)) vzero.
Proof.
intros theta_solves v_solves; apply gram_null; intros i i_lt.
rewrite mulmv_sub, (theta_solves i i_lt), (v_solves i i_lt).
unfold vzero; ring.
Qed.

(** A solution in the row space, as G w is, has the least norm. *)
Theorem least_squares_least_norm n d X y theta v :
  least_squares n d X y theta -> in_row_space n d X theta ->
  least_squares n d X y v ->
  norm d theta <= norm d v /\
  (norm d v <= norm d theta -> veq d v theta).
Proof.
intros theta_solves theta_row v_solves.
assert (u_null := least_squares_difference n d X y theta v
                    theta_solves v_solves).
set (u := vsub v theta) in *.
assert (square_eq : dot d v v = dot d theta theta + dot d u u).
{ assert (v_eq : veq d v (vadd u theta)).
  { intros i _; unfold u, vadd, vsub; ring. }
  rewrite (dot_ext d v _ v _ v_eq v_eq), dot_add_l, !dot_add_r.
  rewrite (dot_sym d theta u), (theta_row u u_null); ring. }
assert (u_ge0 := dot_ge0 d u).
split.
- apply sqrt_le_1_alt; lra.
- intros norm_le.
  assert (square_le : dot d v v <= dot d theta theta).
  { rewrite <- !norm_sqr; assert (v_ge0 := norm_ge0 d v).
    apply Rmult_le_compat; trivial. }
  assert (u_zero : dot d u u = 0) by lra.
  intros i i_lt; assert (entry := dot_eq0 d u u_zero i i_lt).
  unfold u, vsub, vzero in entry; lra.
Qed.

(** Only one solution lies in the row space. *)
Theorem least_squares_unique n d X y theta v :
  least_squares n d X y theta -> in_row_space n d X theta ->
  least_squares n d X y v -> in_row_space n d X v -> veq d v theta.
Proof.
intros theta_solves theta_row v_solves v_row.
apply (least_squares_least_norm n d X y theta v); trivial.
apply (least_squares_least_norm n d X y v theta); trivial.
Qed.

(** With rank d there is only one solution. *)
Theorem least_squares_full_rank n d X y theta v :
  rank n d X d -> least_squares n d X y theta ->
  least_squares n d X y v -> veq d v theta.
Proof.
intros X_full theta_solves v_solves i i_lt.
assert (u_null := least_squares_difference n d X y theta v
                    theta_solves v_solves).
assert (entry := proj1 (rank_full n d X) X_full _ u_null i i_lt).
unfold vsub, vzero in entry; lra.
Qed.

(** There is a solution in the row space, for every X and y. *)
Theorem least_squares_exists n d X y :
  exists theta, least_squares n d X y theta /\ in_row_space n d X theta.
Proof.
destruct (gram_eigenbasis n d X) as [k [lam [e basis]]].
assert (e_on := basis_on n d X k lam e basis).
set (b := moment n X y).
assert (b_row : in_row_space n d X b).
{ intros u u_null; unfold b, moment; rewrite <- dot_mulmv_tr.
  rewrite (dot_ext n _ vzero y y u_null (fun j _ => eq_refl)).
  apply dot_zero_l. }
exists (combine k (fun i => / lam i * dot d (e i) b) e); split.
- intros i i_lt; fold b.
  rewrite (row_space_combine n d X k lam e basis b b_row i i_lt).
  rewrite (basis_gram n d X k lam e basis _ i i_lt).
  apply combine_ext; intros l l_lt.
  rewrite (dot_combine_orthonormal d k _ e l e_on l_lt); unfold coordinates.
  field; apply Rgt_not_eq, (basis_gt0 n d X k lam e basis l l_lt).
- apply (combine_row n d X k lam e basis).
Qed.

(** A minimiser of the loss solves the normal equations. *)
Theorem minimiser_least_squares n d X y theta :
  (forall v, loss n d X y theta <= loss n d X y v) ->
  least_squares n d X y theta.
Proof.
intros theta_min.
destruct (least_squares_exists n d X y) as [tt [tt_solves _]].
assert (loss_le := theta_min tt).
rewrite (loss_split n d X y tt theta tt_solves) in loss_le.
assert (rest_ge0 := energy_ge0 n d X (vsub theta tt)).
assert (rest_eq0 : energy n d X (vsub theta tt) = 0) by lra.
apply dot_eq0 in rest_eq0.
intros i i_lt.
assert (same : mulmv d (gram n X) (vsub theta tt) i = 0).
{ rewrite mulmv_gram, (mulmv_ext n _ _ _ i rest_eq0); apply dot_zero_r. }
rewrite mulmv_sub, (tt_solves i i_lt) in same; lra.
Qed.
