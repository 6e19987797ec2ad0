(** The checker's arithmetic over the real numbers: every function of
    [Arithmetic] computes what its name says, whatever [quotient] and [gcd]
    propose.

    Exports: [proper] (a fraction with a positive denominator), and for each
    function f of [Arithmetic] a lemma [value_f] or [f_value]. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Import Vectors Model Certificate Meaning Reflect.
From Loopcert Require Import Arithmetic.

Import ListNotations.

Local Open Scope R_scope.

Lemma all_forall {A : Type} (f : A -> bool) l :
  all f l = true <-> forall x, In x l -> f x = true.
Proof.
induction l as [| x l IHl]; simpl.
- split; [intros _ z [] | reflexivity].
- destruct (f x) eqn:f_x; rewrite ?IHl; split.
  + intros l_true z [z_eq | z_in]; [subst z; exact f_x | apply l_true, z_in].
  + intros l_true z z_in; apply l_true; right; exact z_in.
  + discriminate.
  + intros l_true; rewrite <- f_x; apply l_true; left; reflexivity.
Qed.

Lemma same_length_eq {A B : Type} (u : list A) : forall v : list B,
  same_length u v = true -> length u = length v.
Proof.
induction u as [| x u IHu]; intros [| z v]; simpl; try discriminate.
- reflexivity.
- intros same; rewrite (IHu v same); reflexivity.
Qed.

Lemma count_length {A : Type} (l : list A) : N.to_nat (count l) = length l.
Proof.
unfold count.
assert (from : forall k, N.to_nat (fold_left (fun k _ => N.succ k) l k)
                         = (N.to_nat k + length l)%nat).
{ induction l as [| x l IHl]; intros k; simpl; [lia |].
  rewrite IHl, Nnat.N2Nat.inj_succ; lia. }
rewrite from; reflexivity.
Qed.

Section Exactness.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).

Local Notation fraction := (fraction value).
Local Notation reals := (reals value).
Local Notation entries := (entries value).

(** Integers *)

Lemma positive_value x : is_positive o x = true <-> 0 < value x.
Proof.
unfold is_positive; rewrite (leb_value o value o_exact).
rewrite (value_one o value o_exact).
destruct (value_integer o value o_exact x) as (k & x_eq); rewrite x_eq.
split.
- lra.
- intros k_gt0; apply (IZR_le 1); apply lt_IZR in k_gt0; lia.
Qed.

Lemma value_neg x : value (neg o x) = - value x.
Proof.
unfold neg; rewrite (value_sub o value o_exact), (value_zero o value o_exact).
ring.
Qed.

Lemma value_abs x : value (abs o x) = Rabs (value x).
Proof.
unfold abs; destruct (leb o (zero o) x) eqn:leb_eq.
- apply (leb_value o value o_exact) in leb_eq.
  rewrite (value_zero o value o_exact) in leb_eq.
  rewrite Rabs_right; lra.
- apply (leb_false o value o_exact) in leb_eq.
  rewrite (value_zero o value o_exact) in leb_eq.
  rewrite value_neg, Rabs_left; lra.
Qed.

Lemma value_power x k : value (power o x k) = value x ^ Pos.to_nat k.
Proof.
induction k as [k IHk | k IHk |]; cbn [power].
- rewrite !(value_mul o value o_exact), IHk, Pos2Nat.inj_xI.
  change (S (2 * Pos.to_nat k)) with (1 + 2 * Pos.to_nat k)%nat.
  rewrite pow_add, (Nat.mul_comm 2), pow_mult; ring.
- rewrite !(value_mul o value o_exact), IHk, Pos2Nat.inj_xO.
  rewrite Nat.mul_comm, pow_mult; ring.
- rewrite Pos2Nat.inj_1; ring.
Qed.

Lemma value_pow2 k : value (pow2 o k) = 2 ^ N.to_nat k.
Proof.
destruct k as [| k]; simpl; [apply (value_one o value o_exact) |].
rewrite value_power, (value_add o value o_exact), (value_one o value o_exact).
reflexivity.
Qed.

Lemma floor_le a b : 0 < value b -> 1 <= value b ->
  value (floor o a b) <= value a / value b.
Proof.
intros b_gt0 b_ge1; unfold floor.
apply (Rmult_le_reg_r (value b)); [exact b_gt0 |].
replace (value a / value b * value b) with (value a) by (field; lra).
destruct (leb o (mul o (quotient o a b) b) a) eqn:leb_eq.
- apply (leb_value o value o_exact) in leb_eq.
  rewrite (value_mul o value o_exact) in leb_eq; exact leb_eq.
- rewrite value_neg, value_abs.
  assert (a_ge := Rle_abs (- value a)); rewrite Rabs_Ropp in a_ge.
  assert (abs_ge0 := Rabs_pos (value a)); nra.
Qed.

Lemma ceiling_ge a b : 0 < value b -> 1 <= value b ->
  value a / value b <= value (ceiling o a b).
Proof.
intros b_gt0 b_ge1; unfold ceiling; rewrite value_neg.
assert (floor_neg := floor_le (neg o a) b b_gt0 b_ge1).
rewrite value_neg in floor_neg.
replace (- value a / value b) with (- (value a / value b)) in floor_neg
  by (field; lra); lra.
Qed.

Lemma value_exact_quotient a b q :
  exact_quotient o a b = Some q -> value q * value b = value a.
Proof.
unfold exact_quotient.
destruct (eqb o (mul o (quotient o a b) b) a) eqn:eqb_eq; [| discriminate].
intros q_eq; injection q_eq as q_eq; subst q.
apply (eqb_value o value o_exact) in eqb_eq.
rewrite (value_mul o value o_exact) in eqb_eq; exact eqb_eq.
Qed.

(** Fractions *)

(** The denominator is positive. *)
Definition proper (f : frac I) : Prop := 0 < value (den f).

Lemma valid_proper f : valid o f = true <-> proper f.
Proof. apply positive_value. Qed.

Lemma fraction_of_int x : fraction (of_int o x) = value x.
Proof.
unfold Meaning.fraction; simpl; rewrite (value_one o value o_exact); field.
Qed.

Lemma proper_of_int x : proper (of_int o x).
Proof. unfold proper; simpl; rewrite (value_one o value o_exact); lra. Qed.

Lemma fraction_of_N k : fraction (of_N o k) = INR (N.to_nat k).
Proof.
unfold of_N; rewrite fraction_of_int; apply (value_nat o value o_exact).
Qed.

Lemma fraction_fzero : fraction (fzero o) = 0.
Proof.
unfold fzero; rewrite fraction_of_int; apply (value_zero o value o_exact).
Qed.

Lemma fraction_fone : fraction (fone o) = 1.
Proof.
unfold fone; rewrite fraction_of_int; apply (value_one o value o_exact).
Qed.

Lemma fraction_ftwo : fraction (ftwo o) = 2.
Proof.
unfold ftwo; rewrite fraction_of_int, (value_add o value o_exact).
rewrite (value_one o value o_exact); ring.
Qed.

Lemma proper_fadd x z : proper x -> proper z -> proper (fadd o x z).
Proof.
intros x_proper z_proper; unfold proper; simpl.
rewrite (value_mul o value o_exact); apply Rmult_lt_0_compat; assumption.
Qed.

Lemma fraction_fadd x z : proper x -> proper z ->
  fraction (fadd o x z) = fraction x + fraction z.
Proof.
unfold proper, Meaning.fraction; intros x_proper z_proper; simpl.
rewrite (value_add o value o_exact), !(value_mul o value o_exact).
field; lra.
Qed.

Lemma proper_fsub x z : proper x -> proper z -> proper (fsub o x z).
Proof.
intros x_proper z_proper; unfold proper; simpl.
rewrite (value_mul o value o_exact); apply Rmult_lt_0_compat; assumption.
Qed.

Lemma fraction_fsub x z : proper x -> proper z ->
  fraction (fsub o x z) = fraction x - fraction z.
Proof.
unfold proper, Meaning.fraction; intros x_proper z_proper; simpl.
rewrite (value_sub o value o_exact), !(value_mul o value o_exact).
field; lra.
Qed.

Lemma proper_fmul x z : proper x -> proper z -> proper (fmul o x z).
Proof.
intros x_proper z_proper; unfold proper; simpl.
rewrite (value_mul o value o_exact); apply Rmult_lt_0_compat; assumption.
Qed.

Lemma fraction_fmul x z : proper x -> proper z ->
  fraction (fmul o x z) = fraction x * fraction z.
Proof.
unfold proper, Meaning.fraction; intros x_proper z_proper; simpl.
rewrite !(value_mul o value o_exact); field; lra.
Qed.

Lemma fraction_fneg x : proper x -> fraction (fneg o x) = - fraction x.
Proof.
unfold proper, Meaning.fraction; intros x_proper; simpl.
rewrite value_neg; field; lra.
Qed.

Lemma fraction_fabs x : proper x -> fraction (fabs o x) = Rabs (fraction x).
Proof.
unfold proper, Meaning.fraction; intros x_proper; simpl.
rewrite value_abs; unfold Rdiv; rewrite Rabs_mult.
rewrite (Rabs_right (/ _)); [reflexivity |].
left; apply Rinv_0_lt_compat, x_proper.
Qed.

Lemma fpositive_value x : proper x -> fpositive o x = true <-> 0 < fraction x.
Proof.
unfold proper, fpositive, Meaning.fraction; intros x_proper.
rewrite positive_value; split; intros num_gt0.
- apply Rdiv_lt_0_compat; assumption.
- apply (Rmult_lt_reg_r (/ value (den x)));
    [apply Rinv_0_lt_compat, x_proper |].
  rewrite Rmult_0_l; exact num_gt0.
Qed.

Lemma fpositive_false x : proper x -> fpositive o x = false -> fraction x <= 0.
Proof.
intros x_proper not_positive; apply Rnot_lt_le; intros x_gt0.
apply fpositive_value in x_gt0; [congruence | exact x_proper].
Qed.

Lemma proper_fdiv x z : proper x -> fpositive o z = true ->
  proper (fdiv o x z).
Proof.
intros x_proper z_gt0; unfold proper; simpl.
rewrite (value_mul o value o_exact); apply positive_value in z_gt0.
apply Rmult_lt_0_compat; assumption.
Qed.

Lemma fraction_fdiv x z : proper x -> proper z -> fpositive o z = true ->
  fraction (fdiv o x z) = fraction x / fraction z.
Proof.
unfold proper, Meaning.fraction; intros x_proper z_proper z_gt0; simpl.
apply positive_value in z_gt0.
rewrite !(value_mul o value o_exact); field; lra.
Qed.

Lemma proper_finv x : proper x -> fraction x <> 0 -> proper (finv o x).
Proof.
unfold proper, finv, Meaning.fraction; intros x_proper x_ne0.
assert (num_ne0 : value (num x) <> 0)
  by (intros num_eq; apply x_ne0; rewrite num_eq; unfold Rdiv; ring).
destruct (leb o (zero o) (num x)) eqn:leb_eq; simpl.
- apply (leb_value o value o_exact) in leb_eq.
  rewrite (value_zero o value o_exact) in leb_eq; lra.
- apply (leb_false o value o_exact) in leb_eq.
  rewrite (value_zero o value o_exact) in leb_eq; rewrite value_neg; lra.
Qed.

Lemma fraction_finv x : proper x -> fraction x <> 0 ->
  fraction (finv o x) = / fraction x.
Proof.
unfold proper, finv, Meaning.fraction; intros x_proper x_ne0.
assert (num_ne0 : value (num x) <> 0)
  by (intros num_eq; apply x_ne0; rewrite num_eq; unfold Rdiv; ring).
destruct (leb o (zero o) (num x)); simpl; rewrite ?value_neg; field; lra.
Qed.

Lemma fle_value x z : proper x -> proper z ->
  fle o x z = true <-> fraction x <= fraction z.
Proof.
unfold proper, fle, Meaning.fraction; intros x_proper z_proper.
rewrite (leb_value o value o_exact), !(value_mul o value o_exact).
assert (product_gt0 : 0 < value (den x) * value (den z))
  by (apply Rmult_lt_0_compat; assumption).
assert (x_eq : value (num x) * value (den z)
  = value (num x) / value (den x) * (value (den x) * value (den z)))
  by (field; lra).
assert (z_eq : value (num z) * value (den x)
  = value (num z) / value (den z) * (value (den x) * value (den z)))
  by (field; lra).
rewrite x_eq, z_eq; split; intros le.
- apply (Rmult_le_reg_r _ _ _ product_gt0 le).
- apply Rmult_le_compat_r; lra.
Qed.

Lemma fle_false x z : proper x -> proper z ->
  fle o x z = false -> fraction z < fraction x.
Proof.
intros x_proper z_proper not_le; apply Rnot_le_lt; intros le.
apply fle_value in le; [congruence | exact x_proper | exact z_proper].
Qed.

Lemma feq_value x z : proper x -> proper z ->
  feq o x z = true <-> fraction x = fraction z.
Proof.
unfold proper, feq, Meaning.fraction; intros x_proper z_proper.
rewrite (eqb_value o value o_exact), !(value_mul o value o_exact).
split; intros eq.
- apply (Rmult_eq_reg_r (value (den x) * value (den z)));
    [| apply Rgt_not_eq, Rmult_lt_0_compat; assumption].
  transitivity (value (num x) * value (den z)); [field; lra |].
  rewrite eq; field; lra.
- transitivity (value (num x) / value (den x)
                * (value (den x) * value (den z))); [field; lra |].
  rewrite eq; field; lra.
Qed.

Lemma feq_false x z : proper x -> proper z ->
  feq o x z = false -> fraction x <> fraction z.
Proof.
intros x_proper z_proper not_eq eq.
apply feq_value in eq; [congruence | exact x_proper | exact z_proper].
Qed.

Lemma proper_fmin x z : proper x -> proper z -> proper (fmin o x z).
Proof. intros; unfold fmin; destruct (fle o x z); assumption. Qed.

Lemma fraction_fmin x z : proper x -> proper z ->
  fraction (fmin o x z) = Rmin (fraction x) (fraction z).
Proof.
intros x_proper z_proper; unfold fmin; destruct (fle o x z) eqn:le_eq.
- apply fle_value in le_eq; [| assumption | assumption].
  rewrite Rmin_left; trivial.
- apply fle_false in le_eq; [| assumption | assumption].
  rewrite Rmin_right; lra.
Qed.

Lemma proper_fmax x z : proper x -> proper z -> proper (fmax o x z).
Proof. intros; unfold fmax; destruct (fle o x z); assumption. Qed.

Lemma fraction_fmax x z : proper x -> proper z ->
  fraction (fmax o x z) = Rmax (fraction x) (fraction z).
Proof.
intros x_proper z_proper; unfold fmax; destruct (fle o x z) eqn:le_eq.
- apply fle_value in le_eq; [| assumption | assumption].
  rewrite Rmax_right; trivial.
- apply fle_false in le_eq; [| assumption | assumption].
  rewrite Rmax_left; lra.
Qed.

Lemma fis_zero_value x : fis_zero o x = true -> fraction x = 0.
Proof.
unfold fis_zero, Meaning.fraction; intros num_zero.
apply (eqb_value o value o_exact) in num_zero.
rewrite num_zero, (value_zero o value o_exact); unfold Rdiv; ring.
Qed.

(** What [reduce] proposes is multiplied out. *)
Lemma reduce_cases x :
  reduce o x = x \/
  exists g q r, reduce o x = Frac q r /\ 0 < value g /\ 0 < value r /\
    value q * value g = value (num x) /\ value r * value g = value (den x).
Proof.
unfold reduce.
set (g := gcd o (num x) (den x)).
destruct (is_positive o g) eqn:g_gt0; [| left; reflexivity].
set (q := quotient o (num x) g); set (r := quotient o (den x) g).
destruct (is_positive o r) eqn:r_gt0; [| left; reflexivity].
destruct (eqb o (mul o q g) (num x)) eqn:num_eq; [| left; reflexivity].
destruct (eqb o (mul o r g) (den x)) eqn:den_eq; [| left; reflexivity].
right; exists g, q, r.
apply positive_value in g_gt0; apply positive_value in r_gt0.
apply (eqb_value o value o_exact) in num_eq.
apply (eqb_value o value o_exact) in den_eq.
rewrite (value_mul o value o_exact) in num_eq, den_eq.
repeat split; assumption.
Qed.

Lemma proper_reduce x : proper x -> proper (reduce o x).
Proof.
intros x_proper; destruct (reduce_cases x)
  as [same | (g & q & r & reduce_eq & _ & r_gt0 & _)].
- rewrite same; exact x_proper.
- rewrite reduce_eq; exact r_gt0.
Qed.

Lemma fraction_reduce x : fraction (reduce o x) = fraction x.
Proof.
destruct (reduce_cases x)
  as [same | (g & q & r & reduce_eq & g_gt0 & r_gt0 & num_eq & den_eq)].
- rewrite same; reflexivity.
- rewrite reduce_eq; unfold Meaning.fraction; simpl.
  rewrite <- num_eq, <- den_eq; field; lra.
Qed.

(** Vectors of integers *)

Lemma value_dot_from sum u : forall v s,
  sum = value s ->
  forall n, (length u <= n)%nat ->
  value (dot_from o s u v) = sum + Vectors.dot n (reals u) (reals v).
Proof.
revert sum; induction u as [| x u IHu]; intros sum v s sum_eq n length_le;
  simpl.
- rewrite dot_reals_nil_l, sum_eq; ring.
- destruct v as [| z v]; [rewrite dot_reals_nil_r, sum_eq; ring |].
  destruct n as [| n]; [simpl in length_le; lia |].
  rewrite dot_reals_cons.
  rewrite (IHu (sum + value x * value z) v) with (n := n).
  + ring.
  + rewrite (value_add o value o_exact), (value_mul o value o_exact), sum_eq.
    reflexivity.
  + simpl in length_le; lia.
Qed.

Lemma value_dot n u v : (length u <= n)%nat ->
  value (dot o u v) = Vectors.dot n (reals u) (reals v).
Proof.
intros length_le; unfold dot.
rewrite (value_dot_from 0 u v (zero o)) with (n := n).
- ring.
- symmetry; apply (value_zero o value o_exact).
- exact length_le.
Qed.

Lemma length_combination a u b : forall v,
  length (combination o a u b v) = Nat.min (length u) (length v).
Proof.
induction u as [| x u IHu]; intros [| z v]; simpl; try reflexivity.
rewrite IHu; reflexivity.
Qed.

Lemma reals_combination a u b : forall v, length u = length v ->
  forall k, reals (combination o a u b v) k
            = value a * reals u k + value b * reals v k.
Proof.
induction u as [| x u IHu]; intros [| z v] length_eq k; simpl in *;
  try discriminate.
- rewrite reals_nil; ring.
- destruct k as [| k].
  + change (value (add o (mul o a x) (mul o b z))
            = value a * value x + value b * value z).
    rewrite (value_add o value o_exact), !(value_mul o value o_exact).
    reflexivity.
  + apply (IHu v); lia.
Qed.

Lemma length_plus_scaled u a : forall v,
  length (plus_scaled o u a v) = Nat.min (length u) (length v).
Proof.
induction u as [| x u IHu]; intros [| z v]; simpl; try reflexivity.
rewrite IHu; reflexivity.
Qed.

Lemma reals_plus_scaled u a : forall v, length u = length v ->
  forall k, reals (plus_scaled o u a v) k = reals u k + value a * reals v k.
Proof.
induction u as [| x u IHu]; intros [| z v] length_eq k; simpl in *;
  try discriminate.
- rewrite reals_nil; ring.
- destruct k as [| k].
  + change (value (add o x (mul o a z)) = value x + value a * value z).
    rewrite (value_add o value o_exact), (value_mul o value o_exact).
    reflexivity.
  + apply (IHu v); lia.
Qed.

Lemma reals_scaled a u k : reals (scaled o a u) k = value a * reals u k.
Proof.
revert k; induction u as [| x u IHu]; intros k; simpl.
- rewrite reals_nil; ring.
- destruct k as [| k]; [| apply IHu].
  change (value (mul o a x) = value a * value x).
  apply (value_mul o value o_exact).
Qed.

Lemma reals_map {A : Type} (f : A -> I) l z k :
  (k < length l)%nat -> reals (map f l) k = value (f (nth k l z)).
Proof.
intros k_lt; unfold Reflect.reals; rewrite map_map.
rewrite (nth_indep _ 0 (value (f z))) by (rewrite map_length; exact k_lt).
apply (map_nth (fun x => value (f x))).
Qed.

Lemma all_zero_reals u k : all_zero o u = true -> reals u k = 0.
Proof.
unfold all_zero; revert k; induction u as [| x u IHu]; intros k; simpl.
- rewrite reals_nil; reflexivity.
- destruct (eqb o x (zero o)) eqn:x_eq; [| discriminate].
  apply (eqb_value o value o_exact) in x_eq.
  rewrite (value_zero o value o_exact) in x_eq.
  intros u_zero; destruct k as [| k]; [exact x_eq | apply IHu, u_zero].
Qed.

(** Vectors of fractions *)

Lemma length_numerators common l : forall u,
  numerators o common l = Some u -> length u = length l.
Proof.
induction l as [| x l IHl]; intros u; simpl.
- intros u_eq; injection u_eq as u_eq; subst u; reflexivity.
- destruct (exact_quotient o common (den x)) as [k |]; [| discriminate].
  destruct (numerators o common l) as [v |]; [| discriminate].
  intros u_eq; injection u_eq as u_eq; subst u; simpl.
  rewrite (IHl v); reflexivity.
Qed.

Lemma value_numerators common l : forall u,
  Forall proper l -> 0 < value common ->
  numerators o common l = Some u ->
  forall k, reals u k = value common * entries l k.
Proof.
induction l as [| x l IHl]; intros u l_proper common_gt0; simpl.
- intros u_eq k; injection u_eq as u_eq; subst u.
  rewrite reals_nil, entries_nil; ring.
- destruct (exact_quotient o common (den x)) as [m |] eqn:m_eq;
    [| discriminate].
  destruct (numerators o common l) as [v |]; [| discriminate].
  inversion l_proper as [| x' l' x_proper rest_proper]; subst.
  intros u_eq k; injection u_eq as u_eq; subst u.
  destruct k as [| k].
  + change (value (mul o (num x) m) = value common * fraction x).
    apply value_exact_quotient in m_eq.
    rewrite (value_mul o value o_exact), <- m_eq.
    unfold Meaning.fraction, proper in *; field; lra.
  + apply (IHl v rest_proper common_gt0 eq_refl).
Qed.

(** u/D = l *)
Lemma over_common_value cap l u common :
  Forall proper l -> over_common o cap l = Some (u, common) ->
  0 < value common /\ length u = length l /\
  forall k, entries l k = reals u k / value common.
Proof.
intros l_proper; unfold over_common.
destruct (common_multiple o cap (one o) l) as [D |]; [| discriminate].
destruct (is_positive o D) eqn:D_gt0; [| discriminate].
apply positive_value in D_gt0.
destruct (numerators o D l) as [v |] eqn:v_eq; [| discriminate].
intros pair_eq; injection pair_eq as u_eq D_eq; subst u common.
split; [exact D_gt0 |]; split; [apply (length_numerators D), v_eq |].
intros k; rewrite (value_numerators D l v l_proper D_gt0 v_eq k).
field; lra.
Qed.

Lemma value_sum_over common l : forall s t,
  Forall proper l -> 0 < value common ->
  sum_over o s common l = Some t ->
  value t = value s + value common * sum (length l) (entries l).
Proof.
induction l as [| x l IHl]; intros s t l_proper common_gt0.
- simpl; intros t_eq; injection t_eq as t_eq; subst t; ring.
- cbn [sum_over length].
  destruct (exact_quotient o common (den x)) as [m |] eqn:m_eq;
    [| discriminate].
  inversion l_proper as [| x' l' x_proper rest_proper]; subst.
  intros t_eq; rewrite (IHl _ t rest_proper common_gt0 t_eq), sum_head.
  rewrite (value_add o value o_exact), (value_mul o value o_exact).
  change (entries (x :: l) 0%nat) with (fraction x).
  change (fun k => entries (x :: l) (S k)) with (entries l).
  apply value_exact_quotient in m_eq; rewrite <- m_eq.
  unfold Meaning.fraction, proper in *; field; lra.
Qed.

Lemma fsum_value cap l s :
  Forall proper l -> fsum o cap l = Some s ->
  proper s /\ fraction s = sum (length l) (entries l).
Proof.
intros l_proper; unfold fsum.
destruct (common_multiple o cap (one o) l) as [D |]; [| discriminate].
destruct (is_positive o D) eqn:D_gt0; [| discriminate].
apply positive_value in D_gt0.
destruct (sum_over o (zero o) D l) as [t |] eqn:t_eq; [| discriminate].
intros s_eq; injection s_eq as s_eq; subst s; split.
- apply proper_reduce; exact D_gt0.
- rewrite fraction_reduce; unfold Meaning.fraction; simpl.
  rewrite (value_sum_over D l (zero o) t l_proper D_gt0 t_eq).
  rewrite (value_zero o value o_exact); field; lra.
Qed.

Lemma fequal_entries u : forall v,
  Forall proper u -> Forall proper v -> fequal o u v = true ->
  forall k, entries u k = entries v k.
Proof.
induction u as [| x u IHu]; intros [| z v] u_proper v_proper; simpl;
  try discriminate; [reflexivity |].
inversion u_proper as [| x' u' x_proper rest_u]; subst.
inversion v_proper as [| z' v' z_proper rest_v]; subst.
destruct (feq o x z) eqn:x_eq; [| discriminate].
apply feq_value in x_eq; [| assumption | assumption].
intros rest_eq [| k]; [exact x_eq | apply (IHu v); assumption].
Qed.

End Exactness.
