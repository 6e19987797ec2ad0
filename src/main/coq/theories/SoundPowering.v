(** Soundness of error-by-powering: interval arithmetic on multiples of
    1/unit, and (I - eta G)^t v by repeated squaring.

    Exports: [within] (a real number lies in an interval),
    [error_by_powering_sound]. *)

From Coq Require Import Reals Lra Lia Arith NArith PArith List.
From Loopcert Require RowSpace Spectrum.
From Loopcert Require Import Certificate Arithmetic Linear Rules Values.
From Loopcert Require Import Vectors Model Forms Descent.
From Loopcert Require Import Meaning Reflect Exactness Triangles SoundProblem.
From Loopcert Require Import SoundSpectrum SoundContraction SoundTask.
From Loopcert Require Import SoundBounds SoundReplay SoundRounding.

Import ListNotations.

Local Open Scope R_scope.

(** * Products of intervals *)

(** s in [a, b], t in [c, d] *)
Lemma product_positive a b c d s t :
  a <= s <= b -> c <= t <= d -> 0 <= a ->
  (0 <= c -> a * c <= s * t) /\ (c < 0 -> b * c <= s * t) /\
  (0 <= d -> s * t <= b * d) /\ (d < 0 -> s * t <= a * d).
Proof. intros s_in t_in a_ge0; repeat split; intros; nra. Qed.

Lemma product_negative a b c d s t :
  a <= s <= b -> c <= t <= d -> b <= 0 ->
  (0 <= d -> a * d <= s * t) /\ (d < 0 -> b * d <= s * t) /\
  (0 <= c -> s * t <= b * c) /\ (c < 0 -> s * t <= a * c).
Proof. intros s_in t_in b_le0; repeat split; intros; nra. Qed.

Lemma product_mixed a b c d s t :
  a <= s <= b -> c <= t <= d -> a < 0 -> 0 < b ->
  (0 <= c -> a * d <= s * t <= b * d) /\
  (d <= 0 -> b * c <= s * t <= a * c) /\
  (c < 0 -> 0 < d ->
   Rmin (a * d) (b * c) <= s * t <= Rmax (a * c) (b * d)).
Proof.
intros s_in t_in a_lt0 b_gt0; repeat split.
- nra.
- nra.
- nra.
- nra.
- destruct (Rle_lt_dec 0 s) as [s_ge0 | s_lt0].
  + apply Rle_trans with (b * c); [apply Rmin_r | nra].
  + apply Rle_trans with (a * d); [apply Rmin_l | nra].
- destruct (Rle_lt_dec 0 s) as [s_ge0 | s_lt0].
  + apply Rle_trans with (b * d); [nra | apply Rmax_r].
  + apply Rle_trans with (a * c); [nra | apply Rmax_l].
Qed.

(** * Full matrices of triangles *)

Lemma nth_full {B : Type} (z : B) d : forall a : list (list B),
  shaped d a ->
  length (full a) = d /\
  forall k, (k < d)%nat ->
    length (nth k (full a) nil) = d /\
    forall j, (j < d)%nat ->
      nth j (nth k (full a) nil) z
      = nth (Nat.max k j - Nat.min k j) (nth (Nat.min k j) a nil) z.
Proof.
induction d as [| d IHd]; intros [| row a]; cbn [shaped]; try contradiction.
- intros _; split; [reflexivity | intros k k_lt; lia].
- intros (row_length & a_shaped).
  destruct row as [| x r]; [discriminate |]; simpl in row_length.
  destruct (IHd a a_shaped) as (full_length & entries_eq).
  cbn [full tl]; split.
  { cbn [length]; rewrite length_prepend, full_length; lia. }
  intros [| k] k_lt.
  + split; [simpl; lia |].
    intros j _; cbn [nth Nat.max Nat.min]; rewrite Nat.sub_0_r.
    destruct j; reflexivity.
  + cbn [nth]; rewrite (nth_prepend r z) by lia.
    destruct (entries_eq k ltac:(lia)) as (row_eq & entry).
    split; [cbn [length]; rewrite row_eq; reflexivity |].
    intros [| j] j_lt; [reflexivity |].
    cbn [nth]; rewrite entry by lia; reflexivity.
Qed.

Lemma shaped_triangle_any {A B : Type} (f : A -> A -> B) (l : list A) :
  shaped (length l) (triangle f l).
Proof.
induction l as [| x l IHl]; simpl; [trivial |].
split; [rewrite map_length; reflexivity | exact IHl].
Qed.

Lemma nth_triangle {A B : Type} (f : A -> A -> B) w z : forall l k q,
  (k + q < length l)%nat ->
  nth q (nth k (triangle f l) nil) z = f (nth k l w) (nth (k + q) l w).
Proof.
induction l as [| x l IHl]; intros k q; cbn [length triangle]; [lia |].
destruct k as [| k]; intros q_lt.
- cbn [nth Nat.add].
  rewrite (nth_indep _ z (f x w)) by (rewrite map_length; simpl; lia).
  apply (map_nth (f x)).
- cbn [nth Nat.add]; apply IHl; lia.
Qed.

Lemma shaped_map {A B : Type} (g : list A -> list B) d :
  (forall row, length (g row) = length row) ->
  forall a, shaped d a -> shaped d (map g a).
Proof.
intros same; induction d as [| d IHd]; intros [| row a]; simpl; trivial.
intros (row_length & a_shaped).
split; [rewrite same; exact row_length | apply IHd, a_shaped].
Qed.

(** * Powers *)

Lemma iter_add {A : Type} (f : A -> A) s t x :
  Nat.iter (s + t) f x = Nat.iter s f (Nat.iter t f x).
Proof. induction s as [| s IHs]; simpl; [| rewrite IHs]; reflexivity. Qed.

Lemma iter_mulmv_ext d M t : forall u v, veq d u v ->
  veq d (Nat.iter t (mulmv d M) u) (Nat.iter t (mulmv d M) v).
Proof.
induction t as [| t IHt]; intros u v uv_eq; [exact uv_eq |].
intros k k_lt; simpl; apply mulmv_ext, IHt, uv_eq.
Qed.

Lemma mulmv_mulmm d A B v k :
  mulmv d (mulmm d A B) v k = mulmv d A (mulmv d B v) k.
Proof.
unfold mulmv at 1, mulmm, dot.
transitivity (sum d (fun j => sum d (fun l => A k l * (B l j * v j)))).
- apply sum_ext; intros j _; rewrite Rmult_comm, <- sum_scale.
  apply sum_ext; intros; ring.
- rewrite sum_swap; apply sum_ext; intros l _; rewrite sum_scale; reflexivity.
Qed.

Lemma iter_square d M t : forall v,
  veq d (Nat.iter t (mulmv d (mulmm d M M)) v)
    (Nat.iter (t + t) (mulmv d M) v).
Proof.
induction t as [| t IHt]; intros v; [intros k _; reflexivity |].
intros k k_lt; rewrite Nat.add_succ_r; simpl.
rewrite mulmv_mulmm; apply mulmv_ext; intros j j_lt.
apply mulmv_ext, IHt.
Qed.

Section Powering.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).

Local Notation fraction := (fraction value).
Local Notation entries := (entries value).
Local Notation proper := (proper value).
Local Notation vdot := Vectors.dot.
Local Notation interval := (interval (I := I)).

Section Unit.

Variable unit : I.

Hypothesis unit_ge1 : 1 <= value unit.

Let unit_gt0 : 0 < value unit := Rlt_le_trans _ _ _ Rlt_0_1 unit_ge1.

(** The ends of an interval are over [unit]. *)
Definition within (x : interval) (r : R) : Prop :=
  value (low x) <= r * value unit <= value (high x).

Lemma interval_of_within x y r : proper x -> proper y ->
  fraction x <= r <= fraction y -> within (interval_of o unit x y) r.
Proof.
intros x_proper y_proper (x_le & y_ge); split.
- assert (den_ge1 := integer_ge1 o value o_exact (den x) x_proper).
  apply Rle_trans with (1 := floor_le o value o_exact _ _ x_proper den_ge1).
  rewrite (value_mul o value o_exact).
  replace (value (num x) * value unit / value (den x))
    with (fraction x * value unit)
    by (unfold Meaning.fraction; field; unfold Exactness.proper in *; lra).
  apply Rmult_le_compat_r; lra.
- assert (den_ge1 := integer_ge1 o value o_exact (den y) y_proper).
  apply Rle_trans with (2 := ceiling_ge o value o_exact _ _ y_proper den_ge1).
  rewrite (value_mul o value o_exact).
  replace (value (num y) * value unit / value (den y))
    with (fraction y * value unit)
    by (unfold Meaning.fraction; field; unfold Exactness.proper in *; lra).
  apply Rmult_le_compat_r; lra.
Qed.

Lemma value_minimum x z :
  value (minimum o x z) = Rmin (value x) (value z).
Proof.
unfold minimum; destruct (leb o x z) eqn:leb_eq.
- apply (leb_value o value o_exact) in leb_eq; rewrite Rmin_left; trivial.
- apply (leb_false o value o_exact) in leb_eq; rewrite Rmin_right; lra.
Qed.

Lemma sign_cases x :
  (leb o (zero o) x = true /\ 0 <= value x) \/
  (leb o (zero o) x = false /\ value x < 0).
Proof.
destruct (leb o (zero o) x) eqn:leb_eq; [left | right]; split; trivial.
- apply (leb_value o value o_exact) in leb_eq.
  rewrite (value_zero o value o_exact) in leb_eq; exact leb_eq.
- apply (leb_false o value o_exact) in leb_eq.
  rewrite (value_zero o value o_exact) in leb_eq; exact leb_eq.
Qed.

Lemma sign_cases_le x :
  (leb o x (zero o) = true /\ value x <= 0) \/
  (leb o x (zero o) = false /\ 0 < value x).
Proof.
destruct (leb o x (zero o)) eqn:leb_eq; [left | right]; split; trivial.
- apply (leb_value o value o_exact) in leb_eq.
  rewrite (value_zero o value o_exact) in leb_eq; exact leb_eq.
- apply (leb_false o value o_exact) in leb_eq.
  rewrite (value_zero o value o_exact) in leb_eq; exact leb_eq.
Qed.

Lemma interval_product_within x y s t :
  value (low x) <= s <= value (high x) ->
  value (low y) <= t <= value (high y) ->
  let (l, h) := interval_product o x y in value l <= s * t <= value h.
Proof.
destruct x as [a b], y as [c d]; cbn [low high interval_product].
intros s_in t_in.
assert (positive_a := product_positive _ _ _ _ _ _ s_in t_in).
assert (negative_b := product_negative _ _ _ _ _ _ s_in t_in).
assert (mixed := product_mixed _ _ _ _ _ _ s_in t_in).
destruct (sign_cases a) as [(a_eq & a_sign) | (a_eq & a_sign)]; rewrite a_eq.
- destruct (positive_a a_sign) as (ll & lh & hh & hl).
  destruct (sign_cases c) as [(c_eq & c_sign) | (c_eq & c_sign)];
    destruct (sign_cases d) as [(d_eq & d_sign) | (d_eq & d_sign)];
    rewrite c_eq, d_eq, !(value_mul o value o_exact); split; auto.
- destruct (sign_cases_le b) as [(b_eq & b_sign) | (b_eq & b_sign)];
    rewrite b_eq.
  + destruct (negative_b b_sign) as (ll & lh & hh & hl).
    destruct (sign_cases c) as [(c_eq & c_sign) | (c_eq & c_sign)];
      destruct (sign_cases d) as [(d_eq & d_sign) | (d_eq & d_sign)];
      rewrite c_eq, d_eq, !(value_mul o value o_exact); split; auto.
  + destruct (mixed a_sign b_sign) as (above & below & across).
    destruct (sign_cases c) as [(c_eq & c_sign) | (c_eq & c_sign)];
      rewrite c_eq.
    * rewrite !(value_mul o value o_exact); apply above, c_sign.
    * destruct (sign_cases_le d) as [(d_eq & d_sign) | (d_eq & d_sign)];
        rewrite d_eq.
      { rewrite !(value_mul o value o_exact); apply below, d_sign. }
      rewrite value_minimum, (value_maximum o value o_exact).
      rewrite !(value_mul o value o_exact); apply across; assumption.
Qed.

(** * Vectors and matrices of intervals *)

Fixpoint vector_within (u : list interval) (r : vec) : Prop :=
  match u with
  | [] => True
  | x :: u => within x (r 0%nat) /\ vector_within u (shift r)
  end.

Lemma vector_within_nth z u : forall r,
  vector_within u r <->
  forall k, (k < length u)%nat -> within (nth k u z) (r k).
Proof.
induction u as [| x u IHu]; intros r; simpl.
- split; [intros _ k k_lt; lia | trivial].
- rewrite IHu; split.
  + intros (head & tail) [| k] k_lt; [exact head | apply tail; lia].
  + intros all; split; [apply (all 0%nat); lia |].
    intros k k_lt; apply (all (S k)); lia.
Qed.

Lemma vector_within_ext u r s :
  veq (length u) r s -> vector_within u r -> vector_within u s.
Proof.
intros rs_eq r_in; apply (vector_within_nth (Interval (zero o) (zero o))).
intros k k_lt; rewrite <- rs_eq by exact k_lt.
apply vector_within_nth; assumption.
Qed.

Lemma interval_sums_within u : forall v l h r s x,
  length u = length v -> vector_within u r -> vector_within v s ->
  value l <= x <= value h ->
  let (l', h') := interval_sums o l h u v in
  value l' <= x + vdot (length u) (vscale (value unit) r)
                    (vscale (value unit) s) <= value h'.
Proof.
induction u as [| a u IHu]; intros [| b v] l h r s x lengths u_in v_in x_in;
  try discriminate.
- simpl; unfold vdot; simpl; lra.
- simpl in lengths, u_in, v_in; injection lengths as lengths.
  destruct u_in as (a_in & u_in); destruct v_in as (b_in & v_in).
  cbn [interval_sums length]; rewrite dot_head.
  assert (product := interval_product_within a b _ _ a_in b_in).
  destruct (interval_product o a b) as (p, q).
  assert (rest := IHu v (add o l p) (add o h q) (shift r) (shift s)
    (x + r 0%nat * value unit * (s 0%nat * value unit)) lengths u_in v_in).
  rewrite !(value_add o value o_exact) in rest.
  specialize (rest ltac:(lra)).
  destruct (interval_sums o (add o l p) (add o h q) u v) as (l', h').
  change (shift (vscale (value unit) r)) with (vscale (value unit) (shift r)).
  change (shift (vscale (value unit) s)) with (vscale (value unit) (shift s)).
  change (vscale (value unit) r 0%nat) with (value unit * r 0%nat).
  change (vscale (value unit) s 0%nat) with (value unit * s 0%nat).
  replace (value unit * r 0%nat * (value unit * s 0%nat))
    with (r 0%nat * value unit * (s 0%nat * value unit)) by ring.
  lra.
Qed.

Lemma interval_dot_within u v r s :
  length u = length v -> vector_within u r -> vector_within v s ->
  within (interval_dot o unit u v) (vdot (length u) r s).
Proof.
intros lengths u_in v_in; unfold interval_dot.
assert (sums := interval_sums_within u v (zero o) (zero o) r s 0 lengths u_in
  v_in).
rewrite (value_zero o value o_exact) in sums; specialize (sums ltac:(lra)).
destruct (interval_sums o (zero o) (zero o) u v) as (l, h).
rewrite dot_scale_l, dot_scale_r, Rplus_0_l in sums.
set (x := vdot (length u) r s) in *; split; cbn [low high].
- apply Rle_trans with (1 := floor_le o value o_exact l unit unit_gt0 unit_ge1).
  apply (Rmult_le_reg_r (value unit)); [exact unit_gt0 |].
  replace (value l / value unit * value unit) with (value l) by (field; lra).
  lra.
- apply Rle_trans with
    (2 := ceiling_ge o value o_exact h unit unit_gt0 unit_ge1).
  apply (Rmult_le_reg_r (value unit)); [exact unit_gt0 |].
  replace (value h / value unit * value unit) with (value h) by (field; lra).
  lra.
Qed.

(** d rows of d intervals *)
Definition matrix_within (d : nat) (rows : list (list interval)) (M : mat)
    : Prop :=
  length rows = d /\
  forall k, (k < d)%nat ->
    length (nth k rows nil) = d /\ vector_within (nth k rows nil) (M k).

Lemma interval_multiply_within d rows v M r :
  matrix_within d rows M -> length v = d -> vector_within v r ->
  length (interval_multiply o unit rows v) = d /\
  vector_within (interval_multiply o unit rows v) (mulmv d M r).
Proof.
intros (rows_length & rows_in) v_length v_in.
assert (result_length : length (interval_multiply o unit rows v) = d)
  by (unfold interval_multiply; rewrite map_length; exact rows_length).
split; [exact result_length |].
apply (vector_within_nth (interval_dot o unit nil v)).
rewrite result_length; intros k k_lt; unfold interval_multiply.
rewrite (map_nth (fun row => interval_dot o unit row v)).
destruct (rows_in k k_lt) as (row_length & row_in).
assert (product := interval_dot_within _ v (M k) r
  (eq_trans row_length (eq_sym v_length)) row_in v_in).
rewrite row_length in product; exact product.
Qed.

Definition symmetric (d : nat) (M : mat) : Prop :=
  forall k j, (k < d)%nat -> (j < d)%nat -> M k j = M j k.

Lemma symmetric_square d M : symmetric d M -> symmetric d (mulmm d M M).
Proof.
intros M_sym k j k_lt j_lt; apply sum_ext; intros l l_lt.
rewrite (M_sym k l), (M_sym l j) by assumption; ring.
Qed.

Lemma interval_square_within d rows M :
  symmetric d M -> matrix_within d rows M ->
  matrix_within d (interval_square o unit rows) (mulmm d M M).
Proof.
intros M_sym (rows_length & rows_in); unfold interval_square.
set (z := Interval (zero o) (zero o)).
assert (tri_shaped := shaped_triangle_any (interval_dot o unit) rows).
rewrite rows_length in tri_shaped.
destruct (nth_full z d _ tri_shaped) as (full_length & entries_eq).
split; [exact full_length |]; intros k k_lt.
destruct (entries_eq k k_lt) as (row_length & entry).
split; [exact row_length |].
apply (vector_within_nth z); rewrite row_length; intros j j_lt.
rewrite (entry j j_lt), (nth_triangle (interval_dot o unit) nil z) by lia.
set (a := Nat.min k j); set (b := Nat.max k j).
replace (a + (b - a))%nat with b by lia.
assert (a_lt : (a < d)%nat) by lia; assert (b_lt : (b < d)%nat) by lia.
destruct (rows_in a a_lt) as (a_length & a_in).
destruct (rows_in b b_lt) as (b_length & b_in).
assert (product := interval_dot_within _ _ (M a) (M b)
  (eq_trans a_length (eq_sym b_length)) a_in b_in).
rewrite a_length in product.
replace (mulmm d M M k j) with (vdot d (M a) (M b)); [exact product |].
unfold mulmm, vdot; destruct (Nat.le_ge_cases k j) as [k_le | j_le].
- unfold a, b; rewrite Nat.min_l, Nat.max_r by exact k_le.
  apply sum_ext; intros l l_lt; rewrite (M_sym l j) by assumption; reflexivity.
- unfold a, b; rewrite Nat.min_r, Nat.max_l by exact j_le.
  apply sum_ext; intros l l_lt; rewrite (M_sym l j) by assumption; ring.
Qed.

Lemma interval_power_within d t : forall budget rows v result M r,
  symmetric d M -> matrix_within d rows M ->
  length v = d -> vector_within v r ->
  interval_power o unit budget rows v t = Some result ->
  length result = d /\
  vector_within result (Nat.iter (Pos.to_nat t) (mulmv d M) r).
Proof.
induction t as [t IHt | t IHt |]; intros budget rows v result M r M_sym rows_in
  v_length v_in; cbn [interval_power];
  (destruct (N.leb _ budget); [| discriminate]).
- destruct (interval_multiply_within d rows v M r rows_in v_length v_in)
    as (image_length & image_in).
  intros result_eq.
  destruct (IHt _ _ _ _ _ _ (symmetric_square d M M_sym)
    (interval_square_within d rows M M_sym rows_in) image_length image_in
    result_eq) as (result_length & result_in).
  split; [exact result_length |].
  apply (vector_within_ext _ _ _) with (2 := result_in).
  rewrite result_length, Pos2Nat.inj_xI; intros k k_lt.
  rewrite (iter_square d M _ _ k k_lt).
  replace (S (2 * Pos.to_nat t)) with (Pos.to_nat t + Pos.to_nat t + 1)%nat
    by lia.
  rewrite (iter_add _ (Pos.to_nat t + Pos.to_nat t) 1); reflexivity.
- intros result_eq.
  destruct (IHt _ _ _ _ _ _ (symmetric_square d M M_sym)
    (interval_square_within d rows M M_sym rows_in) v_length v_in result_eq)
    as (result_length & result_in).
  split; [exact result_length |].
  apply (vector_within_ext _ _ _) with (2 := result_in).
  rewrite result_length, Pos2Nat.inj_xO; intros k k_lt.
  rewrite (iter_square d M _ _ k k_lt).
  replace (2 * Pos.to_nat t)%nat with (Pos.to_nat t + Pos.to_nat t)%nat by lia.
  reflexivity.
- intros result_eq; injection result_eq as result_eq; subst result.
  apply interval_multiply_within; assumption.
Qed.

Lemma interval_vector_within l : Forall proper l ->
  length (interval_vector o unit l) = length l /\
  vector_within (interval_vector o unit l) (entries l).
Proof.
intros l_proper; split; [apply map_length |].
induction l as [| x l IHl]; [exact Logic.I |].
inversion l_proper as [| x' l' x_proper rest_proper]; subst.
split; [| apply (IHl rest_proper)].
apply interval_of_within; try assumption.
split; apply Rle_refl.
Qed.

(** a between x and z *)
Lemma between_within x z r : proper x -> proper z ->
  Rmin (fraction x) (fraction z) <= r <= Rmax (fraction x) (fraction z) ->
  within (interval_of o unit (fmin o x z) (fmax o x z)) r.
Proof.
intros x_proper z_proper r_in; apply interval_of_within.
- apply proper_fmin; assumption.
- apply proper_fmax; assumption.
- rewrite (fraction_fmin o value o_exact), (fraction_fmax o value o_exact)
    by assumption; exact r_in.
Qed.

Lemma between_scaled c x z r : x <= r <= z ->
  Rmin (c * x) (c * z) <= c * r <= Rmax (c * x) (c * z).
Proof.
intros r_in; destruct (Rle_lt_dec 0 c) as [c_ge0 | c_lt0].
- rewrite Rmin_left, Rmax_right by nra; nra.
- rewrite Rmin_right, Rmax_left by nra; nra.
Qed.

Lemma interval_scale_within f x r : proper f -> within x r ->
  within (interval_scale o unit f x) (fraction f * r).
Proof.
intros f_proper x_in; unfold interval_scale.
assert (end_value : forall e, proper (Frac (mul o e (num f))
    (mul o (den f) unit)) /\
  fraction (Frac (mul o e (num f)) (mul o (den f) unit))
  = fraction f * (value e / value unit)).
{ intros e; unfold Exactness.proper, Meaning.fraction in *; cbn [num den].
  rewrite !(value_mul o value o_exact).
  split; [apply Rmult_lt_0_compat; assumption | field; lra]. }
destruct (end_value (low x)) as (low_proper & low_eq).
destruct (end_value (high x)) as (high_proper & high_eq).
apply between_within; try assumption.
rewrite low_eq, high_eq; apply between_scaled.
destruct x_in as (low_le & high_ge); split;
  apply (Rmult_le_reg_r (value unit)); try exact unit_gt0.
- replace (value (low x) / value unit * value unit) with (value (low x))
    by (field; lra); exact low_le.
- replace (value (high x) / value unit * value unit) with (value (high x))
    by (field; lra); exact high_ge.
Qed.

Lemma size_within_value x lower upper r : proper lower -> proper upper ->
  within x r -> size_within o unit x lower upper = true ->
  fraction lower <= Rabs r <= fraction upper.
Proof.
intros lower_proper upper_proper (low_le & high_ge); unfold size_within.
set (least := maximum o (maximum o (low x) (neg o (high x))) (zero o)).
set (most := maximum o (abs o (low x)) (abs o (high x))).
assert (least_proper : proper (Frac least unit)) by exact unit_gt0.
assert (most_proper : proper (Frac most unit)) by exact unit_gt0.
destruct (fle o lower (Frac least unit)) eqn:lower_le; [| discriminate].
intros upper_ge.
apply (fle_value o value o_exact) in lower_le; try assumption.
apply (fle_value o value o_exact) in upper_ge; try assumption.
assert (least_eq : fraction (Frac least unit)
  = Rmax (Rmax (value (low x)) (- value (high x))) 0 / value unit).
{ change (value least / value unit
          = Rmax (Rmax (value (low x)) (- value (high x))) 0 / value unit).
  unfold least; rewrite !(value_maximum o value o_exact).
  rewrite (value_neg o value o_exact), (value_zero o value o_exact).
  reflexivity. }
assert (most_eq : fraction (Frac most unit)
  = Rmax (Rabs (value (low x))) (Rabs (value (high x))) / value unit).
{ change (value most / value unit
          = Rmax (Rabs (value (low x))) (Rabs (value (high x))) / value unit).
  unfold most; rewrite !(value_maximum o value o_exact).
  rewrite !(value_abs o value o_exact); reflexivity. }
rewrite least_eq in lower_le; rewrite most_eq in upper_ge.
assert (scaled : Rabs r * value unit = Rabs (r * value unit)).
{ rewrite Rabs_mult, (Rabs_right (value unit)); [reflexivity | lra]. }
split.
- apply Rle_trans with (1 := lower_le).
  apply (Rmult_le_reg_r (value unit)); [exact unit_gt0 |].
  rewrite scaled.
  set (m := Rmax _ 0).
  replace (m / value unit * value unit) with m by (field; lra); unfold m.
  apply Rmax_lub; [apply Rmax_lub |].
  + apply Rle_trans with (1 := low_le), Rle_abs.
  + apply Rle_trans with (- (r * value unit)); [lra |].
    rewrite <- Rabs_Ropp; apply Rle_abs.
  + apply Rabs_pos.
- apply Rle_trans with (2 := upper_ge).
  apply (Rmult_le_reg_r (value unit)); [exact unit_gt0 |].
  rewrite scaled.
  set (m := Rmax _ _).
  replace (m / value unit * value unit) with m by (field; lra); unfold m.
  destruct (Rle_lt_dec 0 (r * value unit)) as [r_ge0 | r_lt0].
  + rewrite Rabs_right by lra.
    apply Rle_trans with (Rabs (value (high x))); [| apply Rmax_r].
    apply Rle_trans with (1 := high_ge), Rle_abs.
  + rewrite Rabs_left by exact r_lt0.
    apply Rle_trans with (Rabs (value (low x))); [| apply Rmax_l].
    apply Rle_trans with (- value (low x)); [lra |].
    rewrite <- Rabs_Ropp; apply Rle_abs.
Qed.

(** * The operator of one loop *)

Section Instance.

Context (bounds : limits) (i : instance I) (eta : nat -> R).

Hypothesis i_formed : well_formed value i.
Hypothesis eta_steps : schedule_of value i eta.

Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation y := (labels_y value i).
Local Notation p := (make_problem o i).

Let square_pos : 0 < value (square p) := square_gt0 o value o_exact i i_formed.

(** I - e G *)
Definition loop_matrix (e : R) : mat :=
  fun k j => (if (k =? j)%nat then 1 else 0) - e * Model.gram n X k j.

Lemma loop_matrix_symmetric e : symmetric d (loop_matrix e).
Proof.
intros k j _ _; unfold loop_matrix; rewrite Nat.eqb_sym; f_equal; f_equal.
apply sum_ext; intros; apply Rmult_comm.
Qed.

Lemma loop_matrix_mulmv e v k : (k < d)%nat ->
  mulmv d (loop_matrix e) v k = v k - e * mulmv d (Model.gram n X) v k.
Proof.
intros k_lt; unfold mulmv, vdot, loop_matrix.
rewrite (sum_ext d _ (fun j => (if (k =? j)%nat then 1 else 0) * v j
  - e * (Model.gram n X k j * v j))) by (intros; ring).
rewrite sum_sub, sum_scale; f_equal.
rewrite (sum_pick d k); [rewrite Nat.eqb_refl; ring | exact k_lt |].
intros j _ j_ne; destruct (Nat.eqb_spec k j); [congruence | ring].
Qed.

Lemma iter_loop_matrix e t v :
  (forall k, eta k = e) ->
  veq d (Nat.iter t (mulmv d (loop_matrix e)) v)
    (descent_operator n d eta X t v).
Proof.
intros eta_eq; induction t as [| t IHt]; [intros k _; reflexivity |].
intros k k_lt; simpl; rewrite loop_matrix_mulmv by exact k_lt.
unfold vsub, vscale; rewrite IHt by exact k_lt.
rewrite (mulmv_ext d _ _ _ k IHt), eta_eq; reflexivity.
Qed.

Lemma descent_entry_within first last e diagonal x g :
  proper first -> proper last -> proper diagonal ->
  fraction first <= e <= fraction last ->
  value x = value (square p) * g ->
  within (descent_entry o p unit first last diagonal x)
    (fraction diagonal - e * g).
Proof.
intros first_proper last_proper diagonal_proper e_in x_eq.
unfold descent_entry.
assert (g_proper : proper (Frac x (square p))) by exact square_pos.
assert (g_eq : fraction (Frac x (square p)) = g).
{ unfold Meaning.fraction; cbn [num den]; rewrite x_eq; field; lra. }
assert (first_product := proper_fmul o value o_exact _ _ first_proper g_proper).
assert (last_product := proper_fmul o value o_exact _ _ last_proper g_proper).
apply between_within; [apply (proper_fsub o value o_exact); assumption
  | apply (proper_fsub o value o_exact); assumption |].
rewrite !(fraction_fsub o value o_exact), !(fraction_fmul o value o_exact), g_eq
  by assumption.
assert (scaled := between_scaled (- g) _ _ _ e_in).
destruct (Rle_lt_dec 0 g) as [g_ge0 | g_lt0].
- rewrite Rmin_right, Rmax_left by nra; nra.
- rewrite Rmin_left, Rmax_right by nra; nra.
Qed.

Lemma descent_matrix_within first last e :
  proper first -> proper last -> fraction first <= e <= fraction last ->
  matrix_within d (descent_matrix o p unit first last) (loop_matrix e).
Proof.
intros first_proper last_proper e_in; unfold descent_matrix.
set (g := fun row : list I => match row with
  | [] => []
  | x :: r =>
      descent_entry o p unit first last (fone o) x
      :: map (descent_entry o p unit first last (fzero o)) r
  end).
set (z := Interval (zero o) (zero o)).
assert (g_length : forall row, length (g row) = length row).
{ intros [| x r]; [reflexivity |]; simpl; rewrite map_length; reflexivity. }
assert (map_shaped := shaped_map g d g_length (upper p)
  (upper_shaped o value i i_formed)).
destruct (nth_full z d _ map_shaped) as (full_length & entries_eq).
split; [exact full_length |]; intros k k_lt.
destruct (entries_eq k k_lt) as (row_length & entry).
split; [exact row_length |].
apply (vector_within_nth z); rewrite row_length; intros j j_lt.
rewrite (entry j j_lt).
set (a := Nat.min k j); set (b := Nat.max k j).
assert (a_le : (a <= b)%nat) by lia; assert (b_lt : (b < d)%nat) by lia.
change (@nil interval) with (g nil); rewrite (map_nth g).
assert (columns_eq := columns_length value i i_formed).
assert (row_eq : length (nth a (upper p) nil) = (d - a)%nat).
{ assert (shape := upper_shaped o value i i_formed).
  assert (a_lt : (a < d)%nat) by lia.
  revert shape a_lt; generalize (upper p); generalize d; clear.
  intros m l; revert l; generalize a; clear a.
  induction m as [| m IHm]; intros a [| row l]; cbn [shaped]; try contradiction;
    [lia |].
  intros (row_length & l_shaped) a_lt; destruct a as [| a];
    [exact row_length |].
  simpl; apply IHm; [exact l_shaped | lia]. }
assert (upper_entry : forall q, (a + q < d)%nat ->
  value (nth q (nth a (upper p) nil) (zero o))
  = value (square p) * Model.gram n X a (a + q)%nat).
{ intros q q_lt; unfold make_problem at 1; cbn [upper].
  rewrite (nth_triangle (Arithmetic.dot o) nil) by lia.
  assert (lengths := column_length value i i_formed).
  rewrite Forall_forall in lengths.
  rewrite (value_dot o value o_exact n).
  - rewrite (value_square o value o_exact).
    symmetry; apply (gram_entry value i (scale_gt0 value i i_formed)).
  - rewrite (lengths (nth a (columns i) nil)); [apply le_n | apply nth_In;
    lia]. }
assert (one_proper : proper (fone o)) by apply (proper_of_int o value o_exact).
assert (zero_proper : proper (fzero o))
  by apply (proper_of_int o value o_exact).
assert (gram_eq : Model.gram n X k j = Model.gram n X a b).
{ unfold a, b; destruct (Nat.le_ge_cases k j) as [k_le | j_le].
  - rewrite Nat.min_l, Nat.max_r by exact k_le; reflexivity.
  - rewrite Nat.min_r, Nat.max_l by exact j_le.
    apply sum_ext; intros; apply Rmult_comm. }
destruct (nth a (upper p) nil) as [| x r] eqn:row; [simpl in row_eq; lia |].
unfold loop_matrix; rewrite gram_eq.
destruct (Nat.eqb_spec k j) as [kj_eq | kj_ne].
- replace (b - a)%nat with 0%nat by lia; replace b with a by lia; cbn [g nth].
  rewrite <- (fraction_fone o value o_exact).
  apply descent_entry_within; try assumption.
  assert (diagonal := upper_entry 0%nat ltac:(lia)).
  rewrite Nat.add_0_r in diagonal; exact diagonal.
- assert (q_eq : (b - a = S (pred (b - a)))%nat) by lia.
  rewrite q_eq; cbn [g nth].
  set (q := pred (b - a)) in *.
  assert (q_lt : (q < length r)%nat) by (simpl in row_eq; lia).
  rewrite (nth_indep _ z (descent_entry o p unit first last (fzero o) (zero o)))
    by (rewrite map_length; exact q_lt).
  rewrite map_nth, <- (fraction_fzero o value o_exact).
  apply descent_entry_within; try assumption.
  assert (off := upper_entry (S q) ltac:(lia)).
  replace (a + S q)%nat with b in off by lia; exact off.
Qed.

End Instance.

End Unit.

(** * error-by-powering *)

Section Rule.

Context (bounds : limits) (i : instance I) (eta : nat -> R).

Hypothesis i_formed : well_formed value i.
Hypothesis eta_steps : schedule_of value i eta.

Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation y := (labels_y value i).
Local Notation p := (make_problem o i).
Local Notation good := (good value i eta).
Local Notation sound := (sound value i eta).

Let alpha_nonzero : query value i <> 0 := alpha_ne0 value i i_formed.

(** The step lies between the bounds, and theta solves. *)
Lemma step_bounds_value premises least most theta :
  Forall good premises ->
  step_bounds o i premises = Proved (least, most, theta) ->
  proper least /\ proper most /\
  (exists e, (forall t, eta t = e) /\ fraction least <= e <= fraction most) /\
  length theta = d /\ Forall proper theta /\
  least_norm_solution value i (entries theta).
Proof.
intros all_good; unfold step_bounds.
assert (formed_steps := steps_proper value i i_formed).
assert (eta_eq := eta_steps); unfold schedule_of in eta_eq.
assert (one_proper : proper (fone o)) by apply (proper_of_int o value o_exact).
destruct (steps i) as [e | es |];
  repeat match goal with
  | |- match ?x with _ => _ end = _ -> _ =>
      is_var x; destruct x; try discriminate
  end;
  destruct (is_equivalence _); try discriminate;
  rewrite !Forall_cons_iff in all_good.
- destruct all_good as (_ & ((solution & _) & theta_length & theta_proper & _)
    & _).
  intros result; injection result as least_eq most_eq theta_eq.
  subst least most theta.
  split; [exact formed_steps |]; split; [exact formed_steps |].
  split; [exists (fraction e); split; [exact eta_eq | lra] |].
  split; [exact theta_length |]; split; [exact theta_proper | exact solution].
- destruct all_good as (_ & ((solution & _) & theta_length & theta_proper & _)
    & (spectrum & _ & _ & l'_proper & l_proper & _) & _).
  destruct (fpositive o l_lower) eqn:l'_pos; [| discriminate].
  destruct (fpositive o l_upper) eqn:l_pos; [| discriminate].
  intros result; injection result as least_eq most_eq theta_eq.
  subst least most theta.
  destruct spectrum as (_ & (lmax & lmin & is_max & _ & _ & _ &
    (l'_gt0 & l'_le) & l_ge) & _).
  destruct eta_eq as (l & is_l & eta_eq).
  rewrite (Spectrum.lambda_max_unique n d X l lmax is_l is_max) in eta_eq.
  split; [apply (proper_fdiv o value o_exact); assumption |].
  split; [apply (proper_fdiv o value o_exact); assumption |].
  split; [| split; [exact theta_length | split; [exact theta_proper
    | exact solution]]].
  exists (/ lmax); split; [exact eta_eq |].
  rewrite !(fraction_fdiv o value o_exact), (fraction_fone o value o_exact)
    by assumption.
  unfold Rdiv; rewrite !Rmult_1_l; split; apply Rinv_le_contravar; lra.
Qed.

Lemma error_by_powering_sound budget bits t lower upper premises :
  proper lower -> proper upper -> Forall good premises ->
  sound (error_by_powering o i p budget bits t lower upper premises).
Proof.
intros lower_proper upper_proper all_good; unfold error_by_powering.
destruct (step_bounds o i premises) as [[[least most] theta] | why]
  eqn:bounds_eq;
  [| apply sound_refused].
destruct (step_bounds_value premises least most theta all_good bounds_eq)
  as (least_proper & most_proper & (e & eta_eq & e_in) & theta_length
      & theta_proper & (solves & in_rows)).
apply sound_require; intros _; cbv zeta.
set (unit := pow2 o bits).
assert (unit_ge1 : 1 <= value unit) by apply (pow2_ge1 o value o_exact).
apply sound_some; intros state state_eq.
apply sound_require; intros enclosed; apply sound_proved.
split; [| split; assumption].
destruct (first_value o value o_exact i i_formed)
  as (first_proper & first_length & first_eq).
destruct (difference_value o value o_exact (first o i) theta first_proper
  theta_proper ltac:(lia)) as (start_proper & start_length & start_eq).
set (start := difference o (first o i) theta) in *.
destruct (interval_vector_within unit unit_ge1 start start_proper)
  as (vector_length & vector_in).
destruct (interval_vector_within unit unit_ge1 theta theta_proper)
  as (solution_length & solution_in).
assert (rows_in := descent_matrix_within unit unit_ge1 i i_formed least most e
  least_proper most_proper e_in).
set (first_vector := first_iterate (start_q value i) (query value i)).
assert (state_in : length state = d /\
  vector_within unit state
    (descent_operator n d eta X (N.to_nat t)
       (vsub first_vector (entries theta)))).
{ assert (start_vector : veq d (entries start)
    (vsub first_vector (entries theta))).
  { intros k _; rewrite start_eq, first_eq; reflexivity. }
  destruct t as [| t].
  - injection state_eq as state_eq; subst state.
    split; [lia |].
    apply (vector_within_ext unit _ (entries start)); [| exact vector_in].
    rewrite vector_length, start_length, first_length; exact start_vector.
  - destruct (interval_power_within unit unit_ge1 d t budget
      (descent_matrix o p unit least most) (interval_vector o unit start) state
      (loop_matrix i e) (entries start) (loop_matrix_symmetric i e) rows_in
      ltac:(lia) vector_in state_eq) as (state_length & power_in).
    split; [exact state_length |].
    apply (vector_within_ext unit _ _ _) with (2 := power_in).
    rewrite state_length; intros k k_lt.
    rewrite (iter_mulmv_ext d _ _ _ _ start_vector k k_lt).
    apply (iter_loop_matrix i eta e (Pos.to_nat t) _ eta_eq k k_lt). }
destruct state_in as (state_length & state_in).
assert (product_in := interval_dot_within unit unit_ge1 _ _ _ _
  (eq_trans (eq_trans solution_length theta_length) (eq_sym state_length))
  solution_in state_in).
assert (error_in := interval_scale_within unit unit_ge1 (alpha i) _ _
  (alpha_proper value i i_formed) product_in).
assert (size := size_within_value unit unit_ge1 _ lower upper _ lower_proper
  upper_proper error_in enclosed).
rewrite solution_length, theta_length in size.
intros tt (tt_solves & tt_rows).
assert (tt_eq := RowSpace.least_squares_unique n d X y _ _ tt_solves tt_rows
  solves in_rows).
assert (same : error value i eta (N.to_nat t) tt
  = fraction (alpha i) * vdot d (entries theta)
      (descent_operator n d eta X (N.to_nat t)
         (vsub first_vector (entries theta)))).
{ unfold error.
  rewrite (dot_output_solution value i eta alpha_nonzero (N.to_nat t)
    (entries theta) tt solves).
  rewrite (dot_ext d tt (entries theta) tt (entries theta))
    by (intros k k_lt; symmetry; apply tt_eq, k_lt).
  rewrite (dot_ext d (entries theta) (entries theta) tt (entries theta))
    by (intros k k_lt; try reflexivity; symmetry; apply tt_eq, k_lt).
  fold first_vector; set (w := descent_operator n d eta X (N.to_nat t) _).
  rewrite (dot_ext d w w tt (entries theta))
    by (intros k k_lt; try reflexivity; symmetry; apply tt_eq, k_lt).
  rewrite (dot_sym d w); unfold query; ring. }
rewrite same; exact size.
Qed.

End Rule.

End Powering.
