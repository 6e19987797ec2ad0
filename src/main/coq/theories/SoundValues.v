(** Soundness of the rules that round in one direction: non-contraction-schedule
    and theorem-4.4-value.

    Exports: [non_contraction_schedule_sound], [theorem_44_value_sound];
    [exp_partial], [exp_remainder] (the series of exp). *)

From Coq Require Import Reals Lra Lia Arith NArith ZArith List.
From Loopcert Require Spectral Spectrum.
From Loopcert Require Import Certificate Arithmetic Linear Rules Values.
From Loopcert Require Import Vectors Model Meaning Reflect Exactness.
From Loopcert Require Import SoundProblem SoundContraction SoundRounding.

Import ListNotations.

Local Open Scope R_scope.

(** * The series of exp *)

(** z^m/m! *)
Definition exp_term (z : R) (m : nat) : R := / INR (fact m) * z ^ m.

Lemma exp_term_step z m : exp_term z (S m) = exp_term z m * z / INR (S m).
Proof.
unfold exp_term; rewrite fact_simpl, mult_INR; simpl pow.
field; split; [apply INR_fact_neq_0 | apply not_0_INR; lia].
Qed.

Lemma exp_term_ge0 z m : 0 <= z -> 0 <= exp_term z m.
Proof.
intros z_ge0; unfold exp_term; apply Rmult_le_pos; [| apply pow_le, z_ge0].
left; apply Rinv_0_lt_compat, INR_fact_lt_0.
Qed.

Lemma exp_limit z : Un_cv (fun m => sum_f_R0 (exp_term z) m) (exp z).
Proof. exact (proj2_sig (exist_exp z)). Qed.

Lemma sum_partial f m : sum (S m) f = sum_f_R0 f m.
Proof.
induction m as [| m IHm]; [simpl; ring |].
rewrite sum_S, IHm; reflexivity.
Qed.

Lemma exp_partial z m : 0 <= z -> sum (S m) (exp_term z) <= exp z.
Proof.
intros z_ge0; rewrite sum_partial.
apply sum_incr; [apply exp_limit |]; intros k; apply exp_term_ge0, z_ge0.
Qed.

Lemma exp_remainder z m : 0 <= z <= / 2 ->
  exp z <= sum (S m) (exp_term z) + exp_term z m.
Proof.
intros (z_ge0 & z_le).
assert (halves : forall k, exp_term z (S k) <= exp_term z k * / 2).
{ intros k; rewrite exp_term_step; unfold Rdiv; rewrite Rmult_assoc.
  apply Rmult_le_compat_l; [apply exp_term_ge0, z_ge0 |].
  assert (count_ge1 : 1 <= INR (S k)) by (apply (le_INR 1); lia).
  assert (inverse_le : / INR (S k) <= 1).
  { rewrite <- Rinv_1; apply Rinv_le_contravar; lra. }
  assert (inverse_ge0 : 0 <= / INR (S k))
    by (left; apply Rinv_0_lt_compat; lra).
  apply Rle_trans with (z * 1); [| lra].
  apply Rmult_le_compat_l; assumption. }
assert (bounded : forall k,
  sum_f_R0 (exp_term z) k <= sum_f_R0 (exp_term z) m + exp_term z m).
{ intros k; destruct (Nat.le_gt_cases k m) as [k_le | m_lt].
  - assert (last_ge0 := exp_term_ge0 z m z_ge0).
    apply Rle_trans with (sum_f_R0 (exp_term z) m); [| lra].
    clear last_ge0; induction k_le as [| l k_le IHk]; [apply Rle_refl |].
    simpl; assert (term_ge0 := exp_term_ge0 z (S l) z_ge0); lra.
  - assert (below : sum_f_R0 (exp_term z) k + exp_term z k
      <= sum_f_R0 (exp_term z) m + exp_term z m).
    { assert (m_le : (m <= k)%nat) by lia; clear m_lt.
      induction m_le as [| l m_le IHm]; [apply Rle_refl |].
      simpl; assert (half := halves l); lra. }
    assert (last_ge0 := exp_term_ge0 z k z_ge0); lra. }
assert (constant : Un_cv (fun _ => sum_f_R0 (exp_term z) m + exp_term z m)
  (sum_f_R0 (exp_term z) m + exp_term z m)).
{ intros eps eps_gt0; exists 0%nat; intros k _.
  unfold R_dist; rewrite Rminus_diag_eq, Rabs_R0 by reflexivity;
    exact eps_gt0. }
rewrite sum_partial; exact (Rle_cv_lim bounded (exp_limit z) constant).
Qed.

Lemma product_ge1 x y : 1 <= x -> 1 <= y -> 1 <= x * y.
Proof. intros; rewrite <- (Rmult_1_l 1); apply Rmult_le_compat; lra. Qed.

Lemma exp_monotone x y : x <= y -> exp x <= exp y.
Proof.
intros [x_lt | x_eq]; [left; apply exp_increasing, x_lt |].
rewrite x_eq; apply Rle_refl.
Qed.

Section Values.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).

Local Notation fraction := (fraction value).
Local Notation entries := (entries value).
Local Notation proper := (proper value).
Local Notation rounded := (rounded (I := I)).
Local Notation rounded_value := (rounded_value value).

(** A lower bound x of y >= 0, times a lower bound f of g >= 0 *)
Lemma times_below x f y g : proper f ->
  rounded_value x <= y -> 0 <= y -> fraction f <= g -> 0 <= g ->
  rounded_value (times o false x f) <= y * g.
Proof.
intros f_proper x_le y_ge0 f_le g_ge0; unfold times.
set (shift := (bit_length o (den f) + 128 - bit_length o (num f))%N).
set (scaled := mul o (num f) (pow2 o shift)).
assert (den_ge1 := integer_ge1 o value o_exact (den f) f_proper).
assert (q_le := floor_le o value o_exact scaled (den f) f_proper den_ge1).
set (q := floor o scaled (den f)) in *.
assert (f_eq := scaled_fraction o value o_exact f shift f_proper).
fold scaled in f_eq.
apply Rle_trans with (1 := normal_down o value o_exact _ _).
rewrite (value_mul o value o_exact), (value_maximum o value o_exact).
rewrite (value_zero o value o_exact).
unfold Z.sub; rewrite two_to_add.
assert (shift_gt0 := two_to_gt0 (- Z.of_N shift)).
assert (unit_gt0 := two_to_gt0 (exponent x)).
assert (factor_le : Rmax (value q) 0 * powerRZ 2 (- Z.of_N shift) <= g).
{ apply Rmax_case_strong; intros _; [| rewrite Rmult_0_l; exact g_ge0].
  apply Rle_trans with (2 := f_le); rewrite f_eq.
  apply Rmult_le_compat_r; lra. }
assert (factor_ge0 : 0 <= Rmax (value q) 0 * powerRZ 2 (- Z.of_N shift))
  by (apply Rmult_le_pos; [apply Rmax_r | lra]).
replace (value (mantissa x) * Rmax (value q) 0
  * (powerRZ 2 (exponent x) * powerRZ 2 (- Z.of_N shift)))
  with (rounded_value x
    * (Rmax (value q) 0 * powerRZ 2 (- Z.of_N shift)))
  by (unfold SoundRounding.rounded_value; ring).
apply Rle_trans with (y * (Rmax (value q) 0 * powerRZ 2 (- Z.of_N shift))).
- apply Rmult_le_compat_r; assumption.
- apply Rmult_le_compat_l; assumption.
Qed.

(** * non-contraction-schedule *)

(** A lower bound of |1 - eta x| on [low, high] *)
Lemma least_modulus_value low high e x :
  proper low -> proper high -> proper e ->
  fraction low <= x <= fraction high ->
  proper (least_modulus o low high e) /\
  fraction (least_modulus o low high e) <= Rabs (1 - fraction e * x).
Proof.
intros low_proper high_proper e_proper x_in; unfold least_modulus.
destruct (proper_one_minus o value o_exact e low e_proper low_proper)
  as (a_proper & a_eq).
destruct (proper_one_minus o value o_exact e high e_proper high_proper)
  as (b_proper & b_eq).
set (a := one_minus o e low) in *; set (b := one_minus o e high) in *.
assert (min_proper := proper_fmin o value a b a_proper b_proper).
assert (max_proper := proper_fmax o value a b a_proper b_proper).
assert (neg_proper : proper (fneg o (fmax o a b))) by exact max_proper.
assert (inner_proper := proper_fmax o value _ _ min_proper neg_proper).
assert (zero_proper : proper (fzero o))
  by apply (proper_of_int o value o_exact).
split; [apply proper_fmax; assumption |].
rewrite !(fraction_fmax o value o_exact), (fraction_fmin o value o_exact),
  (fraction_fneg o value o_exact), (fraction_fmax o value o_exact),
  (fraction_fzero o value o_exact), a_eq, b_eq by assumption.
set (u := 1 - fraction e * fraction low).
set (v := 1 - fraction e * fraction high).
set (w := 1 - fraction e * x).
assert (between : Rmin u v <= w <= Rmax u v).
{ unfold u, v, w; destruct (Rle_lt_dec 0 (fraction e)) as [e_ge0 | e_lt0].
  - rewrite Rmin_right, Rmax_left by nra; nra.
  - rewrite Rmin_left, Rmax_right by nra; nra. }
apply Rmax_lub; [apply Rmax_lub |].
- apply Rle_trans with w; [lra | apply Rle_abs].
- apply Rle_trans with (- w); [lra |]; rewrite <- Rabs_Ropp; apply Rle_abs.
- apply Rabs_pos.
Qed.

Lemma gain_of_value low high x etas : forall acc y,
  proper low -> proper high -> Forall proper etas ->
  fraction low <= x <= fraction high ->
  rounded_value acc <= y -> 0 <= y ->
  rounded_value
    (fold_left
       (fun z e => times o false z (reduce o (least_modulus o low high e)))
       etas acc)
  <= y * prod (length etas) (fun t => Rabs (1 - entries etas t * x)).
Proof.
induction etas as [| e etas IHetas];
  intros acc y low_proper high_proper etas_proper x_in acc_le y_ge0.
- simpl; lra.
- inversion etas_proper as [| e' l' e_proper rest_proper]; subst.
  destruct (least_modulus_value low high e x low_proper high_proper e_proper
    x_in) as (least_proper & least_le).
  cbn [fold_left length]; rewrite prod_head, <- Rmult_assoc.
  change (entries (e :: etas) 0%nat) with (fraction e).
  change (fun t => Rabs (1 - entries (e :: etas) (S t) * x))
    with (fun t => Rabs (1 - entries etas t * x)).
  apply IHetas; try assumption.
  + apply times_below; try assumption; [| | apply Rabs_pos].
    * apply (proper_reduce o value o_exact), least_proper.
    * rewrite (fraction_reduce o value o_exact); exact least_le.
  + apply Rmult_le_pos; [exact y_ge0 | apply Rabs_pos].
Qed.

(** * exp *)

(** E_m = z^m/m! for z = r/unit *)
Lemma series_up fuel unit r : forall j k term total,
  1 <= value unit -> 0 <= value r -> value k = INR (S j) ->
  value unit * exp_term (value r / value unit) j <= value term ->
  let (t, s) := series o fuel true unit r k term total in
  value unit * exp_term (value r / value unit) (j + fuel) <= value t /\
  value total
  + value unit * sum fuel (fun m => exp_term (value r / value unit) (S j + m))
  <= value s.
Proof.
set (z := value r / value unit).
induction fuel as [| fuel IHfuel];
  intros j k term total unit_ge1 r_ge0 k_eq term_ge; cbn [series].
- rewrite Nat.add_0_r; simpl; split; lra.
- set (next := rounded_quotient o true (mul o term r) (mul o k unit)).
  assert (count_ge1 : 1 <= INR (S j)) by (apply (le_INR 1); lia).
  assert (den_eq : value (mul o k unit) = INR (S j) * value unit)
    by (rewrite (value_mul o value o_exact), k_eq; reflexivity).
  assert (den_ge1 : 1 <= value (mul o k unit))
    by (rewrite den_eq; apply product_ge1; assumption).
  assert (den_gt0 := Rlt_le_trans _ _ _ Rlt_0_1 den_ge1).
  assert (next_ge : value unit * exp_term z (S j) <= value next).
  { assert (ceiling_le := ceiling_ge o value o_exact (mul o term r)
      (mul o k unit) den_gt0 den_ge1).
    apply Rle_trans with (2 := ceiling_le).
    rewrite den_eq, (value_mul o value o_exact), exp_term_step.
    replace (value unit * (exp_term z j * z / INR (S j)))
      with (value unit * exp_term z j * value r
            / (INR (S j) * value unit))
      by (unfold z; set (c := INR (S j)) in *; field; split; lra).
    apply Rmult_le_compat_r.
    - left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra.
    - apply Rmult_le_compat_r; assumption. }
  assert (later := IHfuel (S j) (add o k (one o)) next (add o total next)
    unit_ge1 r_ge0).
  rewrite (value_add o value o_exact), (value_one o value o_exact), k_eq
    in later.
  specialize (later (eq_sym (S_INR (S j))) next_ge).
  destruct (series o fuel true unit r (add o k (one o)) next (add o total next))
    as (t, s).
  destruct later as (t_ge & s_ge); split.
  + replace (j + S fuel)%nat with (S j + fuel)%nat by lia; exact t_ge.
  + apply Rle_trans with (2 := s_ge).
    rewrite sum_head, (value_add o value o_exact), Nat.add_0_r.
    rewrite (sum_ext fuel (fun m => exp_term z (S j + S m))
      (fun m => exp_term z (S (S j) + m)))
      by (intros m _; f_equal; lia).
    lra.
Qed.

Lemma series_down fuel unit r : forall j k term total,
  1 <= value unit -> 0 <= value r -> value k = INR (S j) ->
  value term <= value unit * exp_term (value r / value unit) j ->
  let (t, s) := series o fuel false unit r k term total in
  value s <= value total
  + value unit * sum fuel (fun m => exp_term (value r / value unit) (S j + m)).
Proof.
set (z := value r / value unit).
induction fuel as [| fuel IHfuel];
  intros j k term total unit_ge1 r_ge0 k_eq term_le; cbn [series].
- simpl; lra.
- set (next := rounded_quotient o false (mul o term r) (mul o k unit)).
  assert (count_ge1 : 1 <= INR (S j)) by (apply (le_INR 1); lia).
  assert (den_eq : value (mul o k unit) = INR (S j) * value unit)
    by (rewrite (value_mul o value o_exact), k_eq; reflexivity).
  assert (den_ge1 : 1 <= value (mul o k unit))
    by (rewrite den_eq; apply product_ge1; assumption).
  assert (den_gt0 := Rlt_le_trans _ _ _ Rlt_0_1 den_ge1).
  assert (next_le : value next <= value unit * exp_term z (S j)).
  { assert (floor_ge := floor_le o value o_exact (mul o term r)
      (mul o k unit) den_gt0 den_ge1).
    apply Rle_trans with (1 := floor_ge).
    rewrite den_eq, (value_mul o value o_exact), exp_term_step.
    replace (value unit * (exp_term z j * z / INR (S j)))
      with (value unit * exp_term z j * value r
            / (INR (S j) * value unit))
      by (unfold z; set (c := INR (S j)) in *; field; split; lra).
    apply Rmult_le_compat_r.
    - left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra.
    - apply Rmult_le_compat_r; assumption. }
  assert (later := IHfuel (S j) (add o k (one o)) next (add o total next)
    unit_ge1 r_ge0).
  rewrite (value_add o value o_exact), (value_one o value o_exact), k_eq
    in later.
  specialize (later (eq_sym (S_INR (S j))) next_le).
  destruct (series o fuel false unit r (add o k (one o))
    next (add o total next))
    as (t, s).
  apply Rle_trans with (1 := later).
  rewrite sum_head, (value_add o value o_exact), Nat.add_0_r.
  rewrite (sum_ext fuel (fun m => exp_term z (S j + S m))
    (fun m => exp_term z (S (S j) + m)))
    by (intros m _; f_equal; lia).
  lra.
Qed.

(** exp(2^k x) from exp(x) *)

Lemma exp_twice x : exp (2 * x) = exp x * exp x.
Proof. rewrite <- exp_plus; f_equal; ring. Qed.

Lemma squared_times_up k : forall e x,
  exp x <= rounded_value e ->
  exp (2 ^ N.to_nat k * x) <= rounded_value (N.iter k (squared o true) e).
Proof.
induction k as [| k IHk] using N.peano_ind; intros e x e_ge.
- simpl; rewrite Rmult_1_l; exact e_ge.
- rewrite N.iter_succ, Nnat.N2Nat.inj_succ; cbn [pow].
  assert (before := IHk e x e_ge).
  assert (exp_gt0 := exp_pos (2 ^ N.to_nat k * x)).
  assert (iterated_ge0 : 0 <= rounded_value (N.iter k (squared o true) e))
    by lra.
  rewrite Rmult_assoc, exp_twice.
  apply Rle_trans with (2 := squared_up o value o_exact _ iterated_ge0).
  apply Rmult_le_compat; lra.
Qed.

Lemma squared_times_down k : forall e x,
  rounded_value e <= exp x ->
  rounded_value (N.iter k (squared o false) e) <= exp (2 ^ N.to_nat k * x).
Proof.
induction k as [| k IHk] using N.peano_ind; intros e x e_le.
- simpl; rewrite Rmult_1_l; exact e_le.
- rewrite N.iter_succ, Nnat.N2Nat.inj_succ; cbn [pow].
  rewrite Rmult_assoc, exp_twice.
  apply (squared_down o value o_exact); [apply IHk, e_le |].
  left; apply exp_pos.
Qed.

(** r = x 2^-halvings unit, rounded *)
Lemma reduced_value x halvings : proper x ->
  let unit := pow2 o 256 in
  let a := mul o (num x) unit in
  let b := mul o (den x) (pow2 o halvings) in
  1 <= value b /\
  value a / value b
  = fraction x / 2 ^ N.to_nat halvings * value unit.
Proof.
intros x_proper unit a b.
assert (den_ge1 := integer_ge1 o value o_exact (den x) x_proper).
assert (half_ge1 := pow2_ge1 o value o_exact halvings).
assert (half_eq := value_pow2 o value o_exact halvings).
unfold a, b; rewrite !(value_mul o value o_exact), half_eq in *; split.
- apply product_ge1; assumption.
- unfold Meaning.fraction; field; split; lra.
Qed.

Lemma exponential_bound_up x e : proper x ->
  exponential_bound o true x = Some e -> exp (fraction x) <= rounded_value e.
Proof.
intros x_proper; unfold exponential_bound.
set (halvings := (bit_length o (num x) + 2 - bit_length o (den x))%N).
set (unit := pow2 o 256).
set (r := rounded_quotient o true _ _).
destruct (leb o (zero o) r) eqn:r_sign; [| discriminate].
destruct (leb o (add o r r) unit) eqn:r_half; [| discriminate].
apply (leb_value o value o_exact) in r_sign.
apply (leb_value o value o_exact) in r_half.
rewrite (value_zero o value o_exact) in r_sign.
rewrite (value_add o value o_exact) in r_half.
assert (unit_ge1 : 1 <= value unit) by apply (pow2_ge1 o value o_exact).
assert (unit_proper : 0 < value unit) by lra.
destruct (reduced_value x halvings x_proper) as (b_ge1 & quotient_eq).
fold unit in quotient_eq.
assert (r_ge := ceiling_ge o value o_exact (mul o (num x) unit)
  (mul o (den x) (pow2 o halvings)) (Rlt_le_trans _ _ _ Rlt_0_1 b_ge1) b_ge1).
fold r in r_ge; rewrite quotient_eq in r_ge.
change (ceiling o (mul o (num x) unit) (mul o (den x) (pow2 o halvings)))
  with r in r_ge.
set (z := value r / value unit).
assert (z_range : 0 <= z <= / 2).
{ unfold z; split.
  - apply Rmult_le_pos; [exact r_sign | left; apply Rinv_0_lt_compat; lra].
  - apply (Rmult_le_reg_r (value unit)); [lra |].
    replace (value r / value unit * value unit) with (value r) by (field; lra).
    lra. }
assert (x_le : fraction x / 2 ^ N.to_nat halvings <= z).
{ unfold z; apply (Rmult_le_reg_r (value unit)); [lra |].
  replace (value r / value unit * value unit) with (value r) by (field; lra).
  exact r_ge. }
assert (terms := series_up 60 unit r 0 (one o) unit unit unit_ge1 r_sign).
rewrite (value_one o value o_exact) in terms.
specialize (terms eq_refl).
assert (start : value unit * exp_term (value r / value unit) 0 <= value unit)
  by (unfold exp_term; simpl; lra).
specialize (terms start).
destruct (series o 60 true unit r (one o) unit unit) as (t, s).
fold z in terms; destruct terms as (t_ge & s_ge).
intros e_eq; injection e_eq as e_eq; subst e.
assert (total_ge : exp z <= fraction (Frac (add o s t) unit)).
{ unfold Meaning.fraction; cbn [num den].
  apply (Rmult_le_reg_r (value unit)); [lra |].
  replace (value (add o s t) / value unit * value unit) with (value (add o s t))
    by (field; lra).
  rewrite (value_add o value o_exact).
  assert (remainder := exp_remainder z 60 z_range).
  rewrite sum_head in remainder.
  assert (first_term : exp_term z 0 = 1) by (unfold exp_term; simpl; field).
  rewrite first_term in remainder.
  cbn [Nat.add] in t_ge, s_ge.
  set (tail := sum 60 (fun m => exp_term z (S m))) in *.
  nra. }
assert (one_mantissa : 0 <= value (mantissa (rounded_one o))).
{ simpl; rewrite (value_one o value o_exact); lra. }
assert (scaled := times_up o value o_exact (rounded_one o)
  (Frac (add o s t) unit) one_mantissa unit_proper).
rewrite (rounded_one_value o value o_exact), Rmult_1_l in scaled.
assert (power_gt0 : 0 < 2 ^ N.to_nat halvings) by (apply pow_lt; lra).
assert (powers := squared_times_up halvings _
  (fraction x / 2 ^ N.to_nat halvings)
  (Rle_trans _ _ _ (Rle_trans _ _ _ (exp_monotone _ _ x_le) total_ge) scaled)).
replace (2 ^ N.to_nat halvings * (fraction x / 2 ^ N.to_nat halvings))
  with (fraction x) in powers by (field; lra).
exact powers.
Qed.

Lemma exponential_bound_down x e : proper x ->
  exponential_bound o false x = Some e -> rounded_value e <= exp (fraction x).
Proof.
intros x_proper; unfold exponential_bound.
set (halvings := (bit_length o (num x) + 2 - bit_length o (den x))%N).
set (unit := pow2 o 256).
set (r := rounded_quotient o false _ _).
destruct (leb o (zero o) r) eqn:r_sign; [| discriminate].
destruct (leb o (add o r r) unit) eqn:r_half; [| discriminate].
apply (leb_value o value o_exact) in r_sign.
rewrite (value_zero o value o_exact) in r_sign.
assert (unit_ge1 : 1 <= value unit) by apply (pow2_ge1 o value o_exact).
assert (unit_proper : 0 < value unit) by lra.
destruct (reduced_value x halvings x_proper) as (b_ge1 & quotient_eq).
fold unit in quotient_eq.
assert (r_le := floor_le o value o_exact (mul o (num x) unit)
  (mul o (den x) (pow2 o halvings)) (Rlt_le_trans _ _ _ Rlt_0_1 b_ge1) b_ge1).
rewrite quotient_eq in r_le.
change (floor o (mul o (num x) unit) (mul o (den x) (pow2 o halvings)))
  with r in r_le.
set (z := value r / value unit).
assert (z_ge0 : 0 <= z).
{ unfold z; apply Rmult_le_pos; [exact r_sign |].
  left; apply Rinv_0_lt_compat; lra. }
assert (x_ge : z <= fraction x / 2 ^ N.to_nat halvings).
{ unfold z; apply (Rmult_le_reg_r (value unit)); [lra |].
  replace (value r / value unit * value unit) with (value r) by (field; lra).
  exact r_le. }
assert (terms := series_down 60 unit r 0 (one o) unit unit unit_ge1 r_sign).
rewrite (value_one o value o_exact) in terms.
specialize (terms eq_refl).
assert (start : value unit <= value unit * exp_term (value r / value unit) 0)
  by (unfold exp_term; simpl; lra).
specialize (terms start).
destruct (series o 60 false unit r (one o) unit unit) as (t, s).
fold z in terms.
intros e_eq; injection e_eq as e_eq; subst e.
assert (total_le : fraction (Frac s unit) <= exp z).
{ unfold Meaning.fraction; cbn [num den].
  apply (Rmult_le_reg_r (value unit)); [lra |].
  replace (value s / value unit * value unit) with (value s) by (field; lra).
  assert (partial := exp_partial z 60 z_ge0).
  rewrite sum_head in partial.
  assert (first_term : exp_term z 0 = 1) by (unfold exp_term; simpl; field).
  rewrite first_term in partial.
  cbn [Nat.add] in terms.
  set (tail := sum 60 (fun m => exp_term z (S m))) in *.
  nra. }
assert (scaled : rounded_value (times o false (rounded_one o) (Frac s unit))
  <= exp z).
{ rewrite <- (Rmult_1_l (exp z)).
  apply times_below; [exact unit_proper | | lra | exact total_le |].
  - rewrite (rounded_one_value o value o_exact); lra.
  - left; apply exp_pos. }
assert (power_gt0 : 0 < 2 ^ N.to_nat halvings) by (apply pow_lt; lra).
assert (powers := squared_times_down halvings _
  (fraction x / 2 ^ N.to_nat halvings)
  (Rle_trans _ _ _ scaled (exp_monotone _ _ x_ge))).
replace (2 ^ N.to_nat halvings * (fraction x / 2 ^ N.to_nat halvings))
  with (fraction x) in powers by (field; lra).
exact powers.
Qed.

Lemma rounded_inverse_value e : is_positive o (mantissa e) = true ->
  0 < rounded_value e /\ proper (rounded_inverse o e) /\
  fraction (rounded_inverse o e) = / rounded_value e.
Proof.
intros e_positive; apply (positive_value o value o_exact) in e_positive.
assert (unit_gt0 := two_to_gt0 (exponent e)).
assert (e_gt0 : 0 < rounded_value e)
  by (apply Rmult_lt_0_compat; assumption).
assert (e_proper := of_rounded_proper o value o_exact e).
assert (positive : fpositive o (of_rounded o e) = true).
{ apply (fpositive_value o value o_exact _ e_proper).
  rewrite (of_rounded_value o value o_exact); exact e_gt0. }
assert (one_proper : proper (fone o)) by apply (proper_of_int o value o_exact).
unfold rounded_inverse; split; [exact e_gt0 |]; split.
- apply (proper_fdiv o value o_exact); assumption.
- rewrite (fraction_fdiv o value o_exact), (fraction_fone o value o_exact),
    (of_rounded_value o value o_exact) by assumption.
  unfold Rdiv; ring.
Qed.

Lemma exp_lower_value x l : proper x -> exp_lower o x = Some l ->
  proper l /\ fraction l <= exp (- fraction x).
Proof.
intros x_proper; unfold exp_lower.
destruct (exponential_bound o true x) as [e |] eqn:e_eq; [| discriminate].
destruct (is_positive o (mantissa e)) eqn:e_positive; [| discriminate].
assert (e_ge := exponential_bound_up x e x_proper e_eq).
destruct (rounded_inverse_value e e_positive) as (e_gt0 & inverse_proper
  & inverse_eq).
intros l_eq; injection l_eq as l_eq.
destruct (4096 <? magnitude o e)%Z; subst l.
- split; [apply (proper_of_int o value o_exact) |].
  rewrite (fraction_fzero o value o_exact); left; apply exp_pos.
- split; [exact inverse_proper |].
  rewrite inverse_eq, exp_Ropp; apply Rinv_le_contravar;
    [apply exp_pos | exact e_ge].
Qed.

Lemma exp_upper_value x u : proper x -> exp_upper o x = Some u ->
  proper u /\ exp (- fraction x) <= fraction u.
Proof.
intros x_proper; unfold exp_upper.
destruct (exponential_bound o false x) as [e |] eqn:e_eq; [| discriminate].
destruct (is_positive o (mantissa e)) eqn:e_positive; [| discriminate].
assert (e_le := exponential_bound_down x e x_proper e_eq).
destruct (rounded_inverse_value e e_positive) as (e_gt0 & inverse_proper
  & inverse_eq).
assert (inverse_le : exp (- fraction x) <= / rounded_value e).
{ rewrite exp_Ropp; apply Rinv_le_contravar; assumption. }
destruct (4096 <? magnitude o e - 1)%Z eqn:tiny.
- destruct (leb o (pow2 o (bit_length o (mantissa e) - 1)) (mantissa e))
    eqn:length_true; [| discriminate].
  assert (unit_ge1 := pow2_ge1 o value o_exact 4096).
  assert (unit_eq := pow2_two_to o value o_exact 4096).
  generalize dependent (pow2 o 4096); intros unit unit_ge1 unit_eq u_eq.
  injection u_eq as u_eq; subst u.
  assert (unit_gt0 := Rlt_le_trans _ _ _ Rlt_0_1 unit_ge1).
  split; [exact unit_gt0 |].
  apply Rle_trans with (1 := inverse_le).
  unfold Meaning.fraction; cbn [num den].
  rewrite (value_one o value o_exact); unfold Rdiv; rewrite Rmult_1_l.
  apply Rinv_le_contravar; [exact unit_gt0 |].
  apply (leb_value o value o_exact) in length_true.
  apply Z.ltb_lt in tiny; unfold magnitude in tiny.
  rewrite (pow2_two_to o value o_exact) in length_true; rewrite unit_eq.
  apply Rle_trans with
    (powerRZ 2 (Z.of_N (bit_length o (mantissa e) - 1) + exponent e)).
  + apply two_to_le; lia.
  + rewrite two_to_add; unfold SoundRounding.rounded_value.
    apply Rmult_le_compat_r; [left; apply two_to_gt0 | exact length_true].
- intros u_eq; injection u_eq as u_eq; subst u.
  split; [exact inverse_proper |]; rewrite inverse_eq; exact inverse_le.
Qed.

Section Instance.

Context (bounds : limits) (i : instance I) (eta : nat -> R).

Hypothesis i_formed : well_formed value i.
Hypothesis eta_steps : schedule_of value i eta.

Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation alpha_value := (query value i).
Local Notation good := (good value i eta).
Local Notation sound := (sound value i eta).

Lemma gain_meaning es low high l :
  steps i = Schedule es -> proper low -> proper high ->
  (lambda_max n d X l \/ lambda_min n d X l) -> 0 < l ->
  fraction low <= l <= fraction high ->
  fle o (fone o) (of_rounded o (gain_of o low high es)) = true ->
  good (NotContracts (of_rounded o (gain_of o low high es)) false).
Proof.
intros step_eq low_proper high_proper extreme l_gt0 l_in gain_ge1.
assert (formed_steps := steps_proper value i i_formed).
rewrite step_eq in formed_steps.
destruct formed_steps as (es_proper & es_length).
assert (gain_proper := of_rounded_proper o value o_exact
  (gain_of o low high es)).
apply (fle_value o value o_exact) in gain_ge1;
  [| apply (proper_of_int o value o_exact) | exact gain_proper].
rewrite (fraction_fone o value o_exact) in gain_ge1.
assert (gain_le : fraction (of_rounded o (gain_of o low high es))
  <= Rabs (prod (count_T i) (fun t => 1 - eta t * l))).
{ rewrite (of_rounded_value o value o_exact).
  fold (Spectral.step_polynomial eta (count_T i) l).
  rewrite Spectrum.step_polynomial_abs.
  rewrite (prod_ext (count_T i) (fun t => Rabs (1 - eta t * l))
    (fun t => Rabs (1 - entries es t * l))).
  - rewrite <- (Rmult_1_l (prod _ _)), <- es_length; unfold gain_of.
    apply gain_of_value; try assumption; [| lra].
    rewrite (rounded_one_value o value o_exact); lra.
  - intros t t_lt; revert eta_steps; unfold schedule_of; rewrite step_eq.
    intros eta_eq; rewrite eta_eq by lia; reflexivity. }
split; [| exact gain_proper].
split; [exact gain_ge1 |]; split; [exists l; split; assumption |].
assert (row_eigen : Spectrum.row_eigenvalue n d X l).
{ destruct extreme as [is_max | is_min].
  - apply Spectrum.lambda_max_row_eigenvalue; assumption.
  - apply Spectrum.lambda_min_row_eigenvalue; assumption. }
destruct row_eigen as (v & v_rows & v_unit & v_eigen).
assert (norm_v : norm d v = 1) by (unfold norm; rewrite v_unit; apply sqrt_1).
exists v; split; [exact v_rows |].
rewrite (Spectrum.eigenvector_norm n d eta X (count_T i) l v v_eigen), norm_v.
rewrite <- Spectrum.step_polynomial_abs.
unfold Spectral.step_polynomial; lra.
Qed.

Lemma non_contraction_schedule_sound premises :
  Forall good premises ->
  sound (non_contraction_schedule o bounds i premises).
Proof.
intros all_good; unfold non_contraction_schedule; cbv zeta.
take_premises; rewrite ?Forall_cons_iff in all_good;
  destruct all_good as ((first & low_proper) & (second & high_proper) & _);
  cbn [proper_conclusion] in *;
  destruct (steps i) as [e | es |] eqn:step_eq; try apply sound_refused;
  apply sound_require; intros _; apply sound_require; intros _;
  apply sound_require; intros gain_ge1; apply sound_proved.
- destruct first as (mu_gt0 & convex & _).
  destruct second as (mu'_gt0 & (l & is_min) & mu'_ge).
  assert (l_gt0 := Spectrum.lambda_min_gt0 n d X l is_min).
  apply (gain_meaning es _ _ l); try assumption.
  + right; exact is_min.
  + split; [apply is_min, convex | apply mu'_ge, is_min].
- destruct first as (c_gt0 & c_le).
  destruct (Spectrum.lambda_max_exists n d X (d_gt0 value i i_formed))
    as (l & is_max).
  assert (l_ge := c_le l is_max).
  apply (gain_meaning es _ _ l); try assumption; [left; exact is_max | lra |].
  split; [exact l_ge | apply is_max, second].
Qed.

(** * theorem-4.4-value *)

Lemma theorem_44_value_proved lower upper a b :
  proper lower -> proper upper -> Forall good [HasTheorem44 a b] ->
  sound (theorem_44_value o i lower upper [HasTheorem44 a b]).
Proof.
intros lower_proper upper_proper; rewrite !Forall_cons_iff.
intros (((_ & kappa_exists & bound) & a_proper & b_proper) & _).
unfold theorem_44_value; cbv zeta.
apply sound_require; intros a_pos.
apply sound_require; intros b_pos.
apply sound_some; intros least least_eq.
apply sound_some; intros most most_eq.
apply sound_require; intros lower_le.
apply sound_require; intros upper_ge; apply sound_proved.
split; [| split; assumption].
assert (T_proper : proper (of_N o (loops i)))
  by apply (proper_of_int o value o_exact).
assert (two_proper : proper (ftwo o)) by apply (proper_of_int o value o_exact).
assert (two_pos : fpositive o (ftwo o) = true).
{ apply (fpositive_value o value o_exact _ two_proper).
  rewrite (fraction_ftwo o value o_exact); lra. }
set (half := fdiv o (of_N o (loops i)) (ftwo o)) in *.
assert (half_proper : proper half)
  by (apply (proper_fdiv o value o_exact); assumption).
assert (half_eq : fraction half = INR (count_T i) / 2).
{ unfold half; rewrite (fraction_fdiv o value o_exact),
    (fraction_of_N o value o_exact), (fraction_ftwo o value o_exact)
    by assumption; reflexivity. }
assert (exponent_value : forall k, proper k -> fpositive o k = true ->
  proper (reduce o (fdiv o half k)) /\
  fraction (reduce o (fdiv o half k)) = INR (count_T i) / (2 * fraction k) /\
  0 < fraction k).
{ intros k k_proper k_pos.
  assert (k_gt0 : 0 < fraction k)
    by (apply (fpositive_value o value o_exact); assumption).
  split; [apply (proper_reduce o value o_exact), (proper_fdiv o value o_exact);
    assumption |].
  split; [| exact k_gt0].
  rewrite (fraction_reduce o value o_exact), (fraction_fdiv o value o_exact),
    half_eq by assumption; field; lra. }
destruct (exponent_value a a_proper a_pos) as (xa_proper & xa_eq & a_gt0).
destruct (exponent_value b b_proper b_pos) as (xb_proper & xb_eq & b_gt0).
destruct (exp_lower_value _ _ xa_proper least_eq) as (least_proper & least_le).
destruct (exp_upper_value _ _ xb_proper most_eq) as (most_proper & most_ge).
rewrite xa_eq in least_le; rewrite xb_eq in most_ge.
assert (size_proper : proper (fabs o (alpha i)))
  by exact (alpha_proper value i i_formed).
assert (size_eq : fraction (fabs o (alpha i)) = Rabs alpha_value)
  by exact (fraction_fabs o value o_exact _ (alpha_proper value i i_formed)).
assert (low_proper := proper_fmul o value o_exact _ _ size_proper least_proper).
assert (high_proper := proper_fmul o value o_exact _ _ size_proper most_proper).
apply (fle_value o value o_exact) in lower_le; try assumption.
apply (fle_value o value o_exact) in upper_ge; try assumption.
rewrite (fraction_fmul o value o_exact), size_eq in lower_le by assumption.
rewrite (fraction_fmul o value o_exact), size_eq in upper_ge by assumption.
split; [exact kappa_exists |]; intros kappa is_kappa.
destruct (bound kappa is_kappa) as ((kappa_ge & kappa_le) & _).
assert (T_ge0 := pos_INR (count_T i)).
assert (abs_ge0 := Rabs_pos alpha_value).
assert (quotients : INR (count_T i) / (2 * fraction b)
    <= INR (count_T i) / (2 * kappa) <= INR (count_T i) / (2 * fraction a)).
{ split; apply Rmult_le_compat_l; try exact T_ge0;
    apply Rinv_le_contravar; lra. }
replace (- INR (count_T i) / (2 * kappa))
  with (- (INR (count_T i) / (2 * kappa))) by (field; lra).
split.
- apply Rle_trans with (1 := lower_le).
  apply Rmult_le_compat_l; [exact abs_ge0 |].
  apply Rle_trans with (1 := least_le); apply exp_monotone; lra.
- apply Rle_trans with (2 := upper_ge).
  apply Rmult_le_compat_l; [exact abs_ge0 |].
  apply Rle_trans with (2 := most_ge); apply exp_monotone; lra.
Qed.

Lemma theorem_44_value_sound lower upper premises :
  proper lower -> proper upper -> Forall good premises ->
  sound (theorem_44_value o i lower upper premises).
Proof.
intros lower_proper upper_proper all_good; unfold theorem_44_value.
take_premises.
exact (theorem_44_value_proved _ _ _ _ lower_proper upper_proper all_good).
Qed.

End Instance.

End Values.
