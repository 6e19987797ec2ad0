(** The checker's upper triangles as quadratic forms over the real numbers, and
    its tests of positive semidefiniteness.

    A symmetric matrix of order k is kept as its upper triangle. With a first
    row x :: r and v = (a, w) its form is x a^2 + 2 a <r, w> + (form of the
    rest at w), so that everything follows by induction on the rows.

    - [tri_form_triangle]: the form of D^2 G is |D X v|^2
    - [refused_semidefinite_psd]: a witness that is not refused shows that the
      form is nowhere negative

    Exports: these, [shaped], [tri_form], the forms of what the checker computes
    with triangles, [full_triangle] (the entries of the full matrix). *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Import Vectors Model Certificate Meaning Reflect.
From Loopcert Require Import Arithmetic Linear Exactness.

Import ListNotations.

Local Open Scope R_scope.

(** A vector without its first entry *)
Definition shift (v : vec) : vec := fun k => v (S k).

Lemma dot_head k u v :
  Vectors.dot (S k) u v
  = u 0%nat * v 0%nat + Vectors.dot k (shift u) (shift v).
Proof. apply sum_head. Qed.

Section Triangles.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).

Local Notation reals := (reals value).
Local Notation integers := (integers value).
Local Notation vdot := Vectors.dot.

(** Rows of k, k - 1, .., 1 entries *)
Fixpoint shaped (k : nat) (a : list (list I)) : Prop :=
  match k, a with
  | O, [] => True
  | S m, row :: rest => length row = S m /\ shaped m rest
  | _, _ => False
  end.

(** v'Av *)
Fixpoint tri_form (k : nat) (a : list (list I)) (v : vec) : R :=
  match k, a with
  | S m, row :: rest =>
      reals row 0%nat * (v 0%nat * v 0%nat)
      + 2 * v 0%nat * vdot m (shift (reals row)) (shift v)
      + tri_form m rest (shift v)
  | _, _ => 0
  end.

Lemma shaped_length k : forall a, shaped k a -> length a = k.
Proof.
induction k as [| k IHk]; intros [| row a]; simpl; try contradiction.
- reflexivity.
- intros (_ & a_shaped); rewrite (IHk a a_shaped); reflexivity.
Qed.

Lemma triangular_shaped {A : Type} : forall rows (u : list A),
  triangular rows u = true -> shaped (length u) rows.
Proof.
intros rows; induction rows as [| row rows IHrows]; intros [| x u];
  cbn [triangular length shaped]; try discriminate; [trivial |].
destruct (same_length row (x :: u)) eqn:same; [| discriminate].
intros rest; split; [apply (same_length_eq row _ same) | apply IHrows, rest].
Qed.

(** Multiples *)

Lemma shaped_scaled c k : forall a,
  shaped k a -> shaped k (map (scaled o c) a).
Proof.
induction k as [| k IHk]; intros [| row a]; simpl; trivial.
intros (row_length & a_shaped); split; [| apply IHk, a_shaped].
unfold scaled; rewrite map_length; exact row_length.
Qed.

Lemma tri_form_scaled c k : forall a v,
  tri_form k (map (scaled o c) a) v = value c * tri_form k a v.
Proof.
induction k as [| k IHk]; intros [| row a] v; simpl; try ring.
rewrite IHk, (reals_scaled o value o_exact).
rewrite (dot_ext k (shift (reals (scaled o c row)))
  (vscale (value c) (shift (reals row))) (shift v) (shift v)).
- rewrite dot_scale_l; ring.
- intros j _; unfold shift, vscale; apply (reals_scaled o value o_exact).
- intros j _; reflexivity.
Qed.

(** A + t I *)

Lemma shaped_add_diagonal t k : forall a,
  shaped k a -> shaped k (add_diagonal o t a).
Proof.
induction k as [| k IHk]; intros [| row a]; simpl; trivial.
intros (row_length & a_shaped); split; [| apply IHk, a_shaped].
destruct row; exact row_length.
Qed.

Lemma tri_form_add_diagonal t k : forall a v, shaped k a ->
  tri_form k (add_diagonal o t a) v = tri_form k a v + value t * vdot k v v.
Proof.
induction k as [| k IHk]; intros [| row a] v; cbn [shaped]; try contradiction.
- intros _; simpl; unfold vdot; simpl; ring.
- intros (row_length & a_shaped).
  destruct row as [| x r]; [discriminate |].
  cbn [add_diagonal map tri_form].
  change (map _ a) with (add_diagonal o t a).
  rewrite IHk, dot_head by exact a_shaped.
  change (shift (reals (add o x t :: r))) with (reals r).
  change (shift (reals (x :: r))) with (reals r).
  change (reals (add o x t :: r) 0%nat) with (value (add o x t)).
  change (reals (x :: r) 0%nat) with (value x).
  rewrite (value_add o value o_exact); ring.
Qed.

(** A + w u u' *)

Lemma shaped_add_outer w k : forall u a, length u = k ->
  shaped k a -> shaped k (add_outer o w u a).
Proof.
induction k as [| k IHk]; intros [| x u] [| row a]; simpl; try discriminate;
  try contradiction; trivial.
intros u_length (row_length & a_shaped); split.
- destruct row as [| z row]; [discriminate |].
  simpl in *; rewrite length_plus_scaled; lia.
- apply IHk; [lia | exact a_shaped].
Qed.

Lemma tri_form_add_outer w k : forall u a v, length u = k -> shaped k a ->
  tri_form k (add_outer o w u a) v
  = tri_form k a v + value w * (vdot k (reals u) v * vdot k (reals u) v).
Proof.
induction k as [| k IHk]; intros [| x u] [| row a] v; cbn [shaped];
  try discriminate; try contradiction.
- intros _ _; simpl; unfold vdot; simpl; ring.
- intros u_length (row_length & a_shaped); simpl in u_length.
  cbn [add_outer tri_form].
  rewrite IHk by (assumption || lia).
  assert (same : length row = length (x :: u)) by (simpl; lia).
  rewrite (reals_plus_scaled o value o_exact _ _ _ same).
  rewrite (dot_ext k
    (shift (reals (plus_scaled o row (mul o w x) (x :: u))))
    (vadd (shift (reals row)) (vscale (value (mul o w x)) (reals u)))
    (shift v) (shift v)).
  + rewrite dot_add_l, dot_scale_l, dot_head.
    change (shift (reals (x :: u))) with (reals u).
    change (reals (x :: u) 0%nat) with (value x).
    rewrite (value_mul o value o_exact); ring.
  + intros j _; unfold shift, vadd, vscale.
    apply (reals_plus_scaled o value o_exact _ _ _ same).
  + intros j _; reflexivity.
Qed.

Lemma shaped_add_outers w k : forall basis a,
  Forall (fun u => length u = k) basis -> shaped k a ->
  shaped k (add_outers o w basis a).
Proof.
induction basis as [| u basis IHbasis]; intros a basis_lengths a_shaped.
- exact a_shaped.
- inversion basis_lengths as [| u' b' u_length rest_lengths]; subst.
  apply (IHbasis _ rest_lengths), shaped_add_outer; trivial.
Qed.

Lemma tri_form_add_outers w k : forall basis a v,
  Forall (fun u => length u = k) basis -> shaped k a ->
  tri_form k (add_outers o w basis a) v
  = tri_form k a v
    + value w * sum (length basis) (fun l =>
        vdot k (integers basis l) v * vdot k (integers basis l) v).
Proof.
induction basis as [| u basis IHbasis]; intros a v basis_lengths a_shaped.
- simpl; ring.
- inversion basis_lengths as [| u' b' u_length rest_lengths]; subst.
  change (add_outers o w (u :: basis) a)
    with (add_outers o w basis (add_outer o w u a)).
  cbn [length]; rewrite IHbasis, tri_form_add_outer, sum_head; trivial.
  + change (integers (u :: basis) 0%nat) with (reals u).
    change (fun l : nat => vdot (length u) (integers (u :: basis) (S l)) v
              * vdot (length u) (integers (u :: basis) (S l)) v)
      with (fun l : nat => vdot (length u) (integers basis l) v
              * vdot (length u) (integers basis l) v).
    ring.
  + apply shaped_add_outer; trivial.
Qed.

(** A - R'R *)

Lemma shaped_minus_square k : forall a rows,
  shaped k a -> shaped k rows -> shaped k (minus_square o a rows).
Proof.
induction k as [| k IHk]; intros [| row a] [| r rows]; simpl;
  try contradiction; trivial.
intros (row_length & a_shaped) (r_length & rows_shaped).
destruct r as [| x r]; [discriminate |]; simpl; split.
- destruct row as [| z row]; [discriminate |].
  simpl in *; rewrite length_plus_scaled; lia.
- apply IHk; [| exact rows_shaped].
  apply shaped_add_outer; [simpl in r_length; lia | exact a_shaped].
Qed.

Lemma tri_form_minus_square k : forall a rows v,
  shaped k a -> shaped k rows ->
  tri_form k (minus_square o a rows) v <= tri_form k a v.
Proof.
induction k as [| k IHk]; intros [| row a] [| r rows] v; cbn [shaped];
  try contradiction.
- intros _ _; apply Rle_refl.
- intros (row_length & a_shaped) (r_length & rows_shaped).
  destruct r as [| x r]; [discriminate |]; simpl in r_length.
  cbn [minus_square tri_form].
  assert (same : length row = length (x :: r)) by (simpl; lia).
  rewrite (reals_plus_scaled o value o_exact _ _ _ same).
  rewrite (dot_ext k
    (shift (reals (plus_scaled o row (neg o x) (x :: r))))
    (vadd (shift (reals row)) (vscale (value (neg o x)) (reals r)))
    (shift v) (shift v)).
  + assert (r_length' : length r = k) by lia.
    assert (rest_le := IHk (add_outer o (neg o (one o)) r a) rows (shift v)
      (shaped_add_outer _ k r a r_length' a_shaped) rows_shaped).
    rewrite tri_form_add_outer in rest_le by assumption.
    rewrite dot_add_l, dot_scale_l.
    change (reals (x :: r) 0%nat) with (value x).
    rewrite (value_neg o value o_exact) in *.
    rewrite (value_one o value o_exact) in rest_le.
    set (s := vdot k (reals r) (shift v)) in *.
    assert (square_ge0 := Rle_0_sqr (value x * v 0%nat + s)).
    unfold Rsqr in square_ge0; lra.
  + intros j _; unfold shift, vadd, vscale.
    apply (reals_plus_scaled o value o_exact _ _ _ same).
  + intros j _; reflexivity.
Qed.

(** Diagonal dominance *)

Lemma value_sum_abs_from u : forall s n, (length u <= n)%nat ->
  value (fold_left (fun sum x => add o sum (abs o x)) u s)
  = value s + sum n (fun k => Rabs (reals u k)).
Proof.
induction u as [| x u IHu]; intros s n length_le; simpl.
- rewrite sum_zero; [ring |]; intros; rewrite reals_nil; apply Rabs_R0.
- destruct n as [| n]; [simpl in length_le; lia |].
  rewrite (IHu _ n) by (simpl in length_le; lia).
  rewrite (value_add o value o_exact), (value_abs o value o_exact), sum_head.
  change (reals (x :: u) 0%nat) with (value x).
  change (fun k => Rabs (reals (x :: u) (S k)))
    with (fun k => Rabs (reals u k)); ring.
Qed.

Lemma value_sum_abs u n : (length u <= n)%nat ->
  value (sum_abs o u) = sum n (fun k => Rabs (reals u k)).
Proof.
intros length_le; unfold sum_abs; rewrite (value_sum_abs_from u _ n length_le).
rewrite (value_zero o value o_exact); ring.
Qed.

Lemma length_plus_abs u : forall v,
  length (plus_abs o u v) = Nat.min (length u) (length v).
Proof.
induction u as [| x u IHu]; intros [| z v]; simpl; try reflexivity.
rewrite IHu; reflexivity.
Qed.

Lemma reals_plus_abs u : forall v, length u = length v ->
  forall k, reals (plus_abs o u v) k = reals u k + Rabs (reals v k).
Proof.
induction u as [| x u IHu]; intros [| z v] length_eq k; simpl in *;
  try discriminate.
- rewrite !reals_nil, Rabs_R0; ring.
- destruct k as [| k].
  + change (value (add o x (abs o z)) = value x + Rabs (value z)).
    rewrite (value_add o value o_exact), (value_abs o value o_exact).
    reflexivity.
  + apply (IHu v); lia.
Qed.

(** Gershgorin, row by row *)
Lemma tri_form_dominant k : forall sums a v,
  length sums = k -> shaped k a -> dominant o sums a = true ->
  sum k (fun j => reals sums j * (v j * v j)) <= tri_form k a v.
Proof.
induction k as [| k IHk]; intros [| s sums] [| row a] v; cbn [shaped];
  try discriminate; try contradiction.
- intros _ _ _; apply Rle_refl.
- intros sums_length (row_length & a_shaped); simpl in sums_length.
  destruct row as [| x r]; [discriminate |]; simpl in row_length.
  cbn [dominant].
  destruct (leb o (add o s (sum_abs o r)) x) eqn:diagonal; [| discriminate].
  apply (leb_value o value o_exact) in diagonal.
  rewrite (value_add o value o_exact), (value_sum_abs r k) in diagonal by lia.
  intros rest_dominant; cbn [tri_form]; rewrite sum_head.
  change (reals (s :: sums) 0%nat) with (value s).
  change (reals (x :: r) 0%nat) with (value x).
  change (shift (reals (x :: r))) with (reals r).
  change (fun j => reals (s :: sums) (S j) * (v (S j) * v (S j)))
    with (fun j => reals sums j * (shift v j * shift v j)).
  assert (rest_ge := IHk (plus_abs o sums r) a (shift v)).
  rewrite length_plus_abs in rest_ge.
  specialize (rest_ge ltac:(lia) a_shaped rest_dominant).
  rewrite (sum_ext k
    (fun j => reals (plus_abs o sums r) j * (shift v j * shift v j))
    (fun j => reals sums j * (shift v j * shift v j)
              + Rabs (reals r j) * (shift v j * shift v j))) in rest_ge.
  2:{ intros j _; rewrite reals_plus_abs by lia; ring. }
  rewrite sum_add in rest_ge.
  set (a0 := v 0%nat) in *.
  assert (cross_ge : - (sum k (fun j => Rabs (reals r j)) * (a0 * a0)
      + sum k (fun j => Rabs (reals r j) * (shift v j * shift v j)))
    <= 2 * a0 * vdot k (reals r) (shift v)).
  { unfold vdot.
    rewrite <- (sum_scale k (2 * a0)), (Rmult_comm (sum k _) (a0 * a0)).
    rewrite <- sum_scale, <- sum_add, <- sum_opp.
    apply sum_le; intros j _.
    assert (entry_abs := Rle_abs (reals r j)).
    assert (entry_opp := Rle_abs (- reals r j)); rewrite Rabs_Ropp in entry_opp.
    assert (square_sum := Rle_0_sqr (a0 + shift v j)).
    assert (square_sub := Rle_0_sqr (a0 - shift v j)).
    unfold Rsqr in square_sum, square_sub.
    nra. }
  assert (head_le : (value s + sum k (fun j => Rabs (reals r j))) * (a0 * a0)
    <= value x * (a0 * a0)).
  { apply Rmult_le_compat_r; [apply Rle_0_sqr | exact diagonal]. }
  lra.
Qed.

(** Elimination *)

Lemma length_exact_quotients previous u : forall q,
  exact_quotients o u previous = Some q -> length q = length u.
Proof.
induction u as [| x u IHu]; intros q; simpl.
- intros q_eq; injection q_eq as q_eq; subst q; reflexivity.
- destruct (exact_quotient o x previous); [| discriminate].
  destruct (exact_quotients o u previous) as [l |]; [| discriminate].
  intros q_eq; injection q_eq as q_eq; subst q; simpl.
  rewrite (IHu l); reflexivity.
Qed.

Lemma reals_exact_quotients previous u : forall q,
  exact_quotients o u previous = Some q ->
  forall k, reals q k * value previous = reals u k.
Proof.
induction u as [| x u IHu]; intros q; simpl.
- intros q_eq k; injection q_eq as q_eq; subst q; rewrite reals_nil; ring.
- destruct (exact_quotient o x previous) as [m |] eqn:m_eq; [| discriminate].
  destruct (exact_quotients o u previous) as [l |]; [| discriminate].
  intros q_eq k; injection q_eq as q_eq; subst q.
  destruct k as [| k].
  + apply (value_exact_quotient o value o_exact) in m_eq; exact m_eq.
  + apply (IHu l eq_refl).
Qed.

Lemma schur_form x previous k : forall r a next v,
  length r = k -> shaped k a -> schur o x previous r a = Some next ->
  shaped k next /\
  value previous * tri_form k next v
  = value x * tri_form k a v - vdot k (reals r) v * vdot k (reals r) v.
Proof.
induction k as [| k IHk]; intros [| z r] [| row a] next v; cbn [shaped];
  try discriminate; try contradiction.
- intros _ _ next_eq; injection next_eq as next_eq; subst next.
  split; [exact Logic.I |]; simpl; unfold vdot; simpl; ring.
- intros r_length (row_length & a_shaped); simpl in r_length.
  cbn [schur].
  destruct (exact_quotients o (combination o x row (neg o z) (z :: r)) previous)
    as [q |] eqn:q_eq; [| discriminate].
  destruct (schur o x previous r a) as [l |] eqn:l_eq; [| discriminate].
  intros next_eq; injection next_eq as next_eq; subst next.
  assert (same : length row = length (z :: r)) by (simpl; lia).
  destruct (IHk r a l (shift v) ltac:(lia) a_shaped l_eq)
    as (l_shaped & l_form).
  split.
  + split; [| exact l_shaped].
    rewrite (length_exact_quotients _ _ _ q_eq), length_combination; lia.
  + assert (entry : forall j, value previous * reals q j
      = value x * reals row j - value z * reals (z :: r) j).
    { intros j; rewrite Rmult_comm, (reals_exact_quotients _ _ _ q_eq).
      rewrite (reals_combination o value o_exact) by exact same.
      rewrite (value_neg o value o_exact); ring. }
    cbn [tri_form].
    rewrite dot_head.
    change (shift (reals (z :: r))) with (reals r).
    change (reals (z :: r) 0%nat) with (value z).
    assert (tail : value previous * vdot k (shift (reals q)) (shift v)
      = value x * vdot k (shift (reals row)) (shift v)
        - value z * vdot k (reals r) (shift v)).
    { rewrite <- !dot_scale_l, <- dot_sub_l; apply dot_ext.
      - intros j _; unfold vscale, vsub, shift; rewrite entry; reflexivity.
      - intros j _; reflexivity. }
    assert (head := entry 0%nat).
    change (reals (z :: r) 0%nat) with (value z) in head.
    transitivity (value previous * reals q 0%nat * (v 0%nat * v 0%nat)
      + 2 * v 0%nat * (value previous * vdot k (shift (reals q)) (shift v))
      + value previous * tri_form k l (shift v)); [ring |].
    rewrite head, tail, l_form; ring.
Qed.

Lemma eliminate_psd k : forall fuel previous a v,
  shaped k a -> 0 < value previous -> eliminate o fuel previous a = true ->
  0 <= tri_form k a v.
Proof.
induction k as [| k IHk]; intros [| f fuel] previous [| row a] v; cbn [shaped];
  try contradiction; try discriminate; try (intros; apply Rle_refl).
- intros (row_length & a_shaped) previous_gt0.
  destruct row as [| x r]; [discriminate |]; simpl in row_length.
  cbn [eliminate tri_form].
  change (shift (reals (x :: r))) with (reals r).
  change (reals (x :: r) 0%nat) with (value x).
  destruct (is_positive o x) eqn:x_gt0.
  + apply (positive_value o value o_exact) in x_gt0.
    destruct (schur o x previous r a) as [next |] eqn:next_eq; [| discriminate].
    intros rest_true.
    destruct (schur_form x previous k r a next (shift v) ltac:(lia) a_shaped
      next_eq) as (next_shaped & next_form).
    assert (next_ge0 := IHk fuel x next (shift v) next_shaped x_gt0 rest_true).
    apply (Rmult_le_reg_l (value x)); [exact x_gt0 |].
    rewrite Rmult_0_r.
    set (s := vdot k (reals r) (shift v)) in *.
    assert (square_ge0 := Rle_0_sqr (value x * v 0%nat + s)).
    unfold Rsqr in square_ge0.
    assert (product_ge0 : 0 <= value previous * tri_form k next (shift v))
      by (apply Rmult_le_pos; lra).
    lra.
  + destruct (eqb o x (zero o)) eqn:x_eq; [| discriminate].
    destruct (all_zero o r) eqn:r_zero; [| discriminate].
    intros rest_true.
    apply (eqb_value o value o_exact) in x_eq.
    rewrite (value_zero o value o_exact) in x_eq.
    rewrite x_eq, (dot_ext k (reals r) vzero (shift v) (shift v)).
    * rewrite dot_zero_l.
      assert (rest_ge0 := IHk fuel previous a (shift v) a_shaped previous_gt0
        rest_true); lra.
    * intros j _; apply (all_zero_reals o value o_exact), r_zero.
    * intros j _; reflexivity.
Qed.

Theorem refused_semidefinite_psd k a w v :
  shaped k a -> refused_semidefinite o a w = None -> 0 <= tri_form k a v.
Proof.
intros a_shaped; destruct w as [m rows |]; simpl.
- destruct (triangular rows a) eqn:rows_triangular; [| discriminate].
  apply triangular_shaped in rows_triangular.
  rewrite (shaped_length k a a_shaped) in rows_triangular.
  set (four := pow2 o _).
  set (e := minus_square o (map (scaled o four) a) rows).
  destruct (dominant o (map (fun _ => zero o) a) e) eqn:e_dominant;
    [| discriminate].
  intros _.
  assert (scaled_shaped := shaped_scaled four k a a_shaped).
  assert (e_shaped := shaped_minus_square k _ rows scaled_shaped
    rows_triangular).
  assert (e_ge := tri_form_dominant k (map (fun _ => zero o) a) e v).
  rewrite map_length, (shaped_length k a a_shaped) in e_ge.
  specialize (e_ge eq_refl e_shaped e_dominant).
  assert (sums_zero : forall j, reals (map (fun _ => zero o) a) j = 0).
  { intros j; apply (all_zero_reals o value o_exact).
    unfold all_zero; apply all_forall; intros x x_in.
    apply in_map_iff in x_in; destruct x_in as (row & x_eq & _); subst x.
    apply (eqb_value o value o_exact); reflexivity. }
  rewrite sum_zero in e_ge by (intros j _; rewrite sums_zero; ring).
  assert (e_le := tri_form_minus_square k _ rows v scaled_shaped
    rows_triangular).
  fold e in e_le; rewrite tri_form_scaled in e_le.
  assert (four_gt0 : 0 < value four).
  { unfold four; rewrite (value_pow2 o value o_exact); apply pow_lt; lra. }
  apply (Rmult_le_reg_l (value four)); [exact four_gt0 | lra].
- destruct (eliminate o a (one o) a) eqn:eliminated; [| discriminate].
  intros _; apply (eliminate_psd k a (one o) a v a_shaped);
    [| exact eliminated].
  rewrite (value_one o value o_exact); lra.
Qed.

(** Gram matrices *)

Lemma shaped_triangle (l : list (list I)) :
  shaped (length l) (triangle (dot o) l).
Proof.
induction l as [| x l IHl]; simpl; [trivial |].
split; [rewrite map_length; reflexivity | exact IHl].
Qed.

(** v_0 l_0 + .. *)
Definition column_sum (l : list (list I)) (v : vec) : vec :=
  fun r => sum (length l) (fun c => v c * integers l c r).

Lemma tri_form_triangle n : forall l v,
  Forall (fun c => (length c <= n)%nat) l ->
  tri_form (length l) (triangle (dot o) l) v
  = vdot n (column_sum l v) (column_sum l v).
Proof.
induction l as [| x l IHl]; intros v lengths.
- simpl; rewrite (dot_ext n _ vzero _ vzero); [rewrite dot_zero_l | |];
    try reflexivity; intros r _; reflexivity.
- inversion lengths as [| x' l' x_length rest_lengths]; subst.
  cbn [length triangle tri_form]; rewrite (IHl (shift v) rest_lengths).
  set (s := column_sum l (shift v)).
  assert (split_sum : veq n (column_sum (x :: l) v)
    (vadd (vscale (v 0%nat) (reals x)) s)).
  { intros r _; unfold column_sum; cbn [length]; rewrite sum_head;
    reflexivity. }
  rewrite (dot_ext n _ _ _ _ split_sum split_sum).
  rewrite dot_add_l, !dot_add_r, !dot_scale_l, !dot_scale_r.
  rewrite (dot_sym n s (reals x)).
  change (reals (map (dot o x) (x :: l)) 0%nat) with (value (dot o x x)).
  rewrite (value_dot o value o_exact n x x x_length).
  assert (cross : vdot (length l) (shift (reals (map (dot o x) (x :: l))))
                    (shift v)
                  = vdot n (reals x) s).
  { unfold s, column_sum; unfold vdot.
    transitivity (sum n (fun r => sum (length l) (fun c =>
      reals x r * (shift v c * integers l c r)))).
    - rewrite sum_swap; apply sum_ext; intros c c_lt.
      change (shift (reals (map (dot o x) (x :: l))) c)
        with (reals (map (dot o x) l) c).
      rewrite (reals_map value (dot o x) l nil c c_lt).
      rewrite (value_dot o value o_exact n x _ x_length), Rmult_comm.
      unfold vdot; rewrite <- sum_scale; apply sum_ext; intros r _.
      unfold Reflect.integers; ring.
    - apply sum_ext; intros r _; apply sum_scale. }
  rewrite cross; ring.
Qed.

(** The full matrix *)

Lemma length_prepend {A : Type} (u : list A) : forall rows,
  length (prepend u rows) = Nat.min (length u) (length rows).
Proof.
induction u as [| x u IHu]; intros [| row rows]; simpl; try reflexivity.
rewrite IHu; reflexivity.
Qed.

Lemma nth_prepend {A : Type} (u : list A) z : forall rows k,
  (k < length u)%nat -> (k < length rows)%nat ->
  nth k (prepend u rows) nil = nth k u z :: nth k rows nil.
Proof.
induction u as [| x u IHu]; intros [| row rows] [| k]; simpl; try lia.
- reflexivity.
- intros u_lt rows_lt; apply IHu; lia.
Qed.

Lemma full_triangle n : forall l,
  Forall (fun c => (length c <= n)%nat) l ->
  length (full (triangle (dot o) l)) = length l /\
  forall k, (k < length l)%nat ->
    length (nth k (full (triangle (dot o) l)) nil) = length l /\
    forall j, (j < length l)%nat ->
      integers (full (triangle (dot o) l)) k j
      = vdot n (integers l k) (integers l j).
Proof.
induction l as [| x l IHl]; intros lengths.
- split; [reflexivity |]; intros k k_lt; simpl in k_lt; lia.
- inversion lengths as [| x' l' x_length rest_lengths]; subst.
  destruct (IHl rest_lengths) as (rows_length & rows).
  cbn [triangle full map tl].
  assert (first_length : length (map (dot o x) l) = length l)
    by apply map_length.
  split.
  { cbn [length]; rewrite length_prepend, rows_length, first_length; lia. }
  intros [| k] k_lt.
  + cbn [nth]; split; [cbn [length]; rewrite first_length; reflexivity |].
    intros [| j] j_lt.
    * change (value (dot o x x) = vdot n (reals x) (reals x)).
      apply (value_dot o value o_exact); exact x_length.
    * change (reals (map (dot o x) l) j
              = vdot n (reals x) (reals (nth j l nil))).
      simpl in j_lt.
      rewrite (reals_map value (dot o x) l nil j) by lia.
      apply (value_dot o value o_exact); exact x_length.
  + simpl in k_lt.
    unfold Reflect.integers; cbn [nth].
    rewrite (nth_prepend (map (dot o x) l) (zero o)) by lia.
    destruct (rows k ltac:(lia)) as (row_length & row_entries).
    split; [cbn [length]; rewrite row_length; reflexivity |].
    intros [| j] j_lt.
    * change (value (nth k (map (dot o x) l) (zero o))
              = vdot n (reals (nth k l nil)) (reals x)).
      rewrite (nth_indep _ (zero o) (dot o x nil)) by lia.
      rewrite (map_nth (dot o x)), (value_dot o value o_exact n _ _ x_length).
      apply dot_sym.
    * simpl in j_lt; apply row_entries; lia.
Qed.

End Triangles.
