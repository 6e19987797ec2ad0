(** Soundness of the rule contraction-schedule: what [Schedule] computes is at
    least what the theorem of [Grid] asks for.

    Exports
    - [modulus_up]: |p_T(x)| <= [modulus]
    - [at_most_le], [larger_up], [grid_maximum_up], [rounded_bound_up]
    - [contraction_schedule_sound] *)

From Coq Require Import Reals Lra Lia Arith NArith ZArith List.
From Loopcert Require Import Vectors Model Spectral Descent Grid.
From Loopcert Require Import Certificate Meaning Reflect.
From Loopcert Require Import Arithmetic Rules Values Schedule.
From Loopcert Require Import Exactness SoundRounding SoundProblem.

Import ListNotations.

Local Open Scope R_scope.

Section SoundSchedule.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).

Local Notation fraction := (fraction value).
Local Notation proper := (proper value).
Local Notation entries := (entries value).
Local Notation rounded := (rounded (I := I)).
Local Notation rounded_value := (rounded_value value).
Local Notation two_to e := (powerRZ 2 e).

(** * |p(x)| *)

Lemma modulus_factor eta x : proper eta -> proper x ->
  let common := mul o (den eta) (den x) in
  let f := Frac (abs o (sub o common (mul o (num eta) (num x)))) common in
  proper f /\ fraction f = Rabs (1 - fraction eta * fraction x).
Proof.
unfold Exactness.proper, Meaning.fraction; cbn [num den].
rewrite (value_abs o value o_exact), (value_sub o value o_exact).
rewrite !(value_mul o value o_exact); intros eta_gt0 x_gt0.
assert (common_gt0 := Rmult_lt_0_compat _ _ eta_gt0 x_gt0).
split; [exact common_gt0 |].
replace (1 - value (num eta) / value (den eta)
             * (value (num x) / value (den x)))
  with ((value (den eta) * value (den x) - value (num eta) * value (num x))
        * / (value (den eta) * value (den x))) by (field; lra).
rewrite Rabs_mult, (Rabs_pos_eq (/ _)); [reflexivity |].
left; apply Rinv_0_lt_compat, common_gt0.
Qed.

Lemma modulus_up etas x : Forall proper etas -> proper x ->
  Rabs (step_polynomial (entries etas) (length etas) (fraction x))
  <= rounded_value (modulus o etas x).
Proof.
intros etas_proper x_proper; unfold modulus, step_polynomial.
assert (from : forall r, 0 <= value (mantissa r) ->
  rounded_value r
  * Rabs (prod (length etas) (fun t => 1 - entries etas t * fraction x))
  <= rounded_value (fold_left
       (fun product eta =>
          let common := mul o (den eta) (den x) in
          times o true product
            (Frac (abs o (sub o common (mul o (num eta) (num x)))) common))
       etas r)).
{ induction etas_proper as [| eta etas eta_proper etas_proper IHetas];
    intros r r_ge0.
  - simpl; rewrite Rabs_R1; lra.
  - cbn [length fold_left]; rewrite prod_head, Rabs_mult.
    change (entries (eta :: etas) 0%nat) with (fraction eta).
    change (fun k => 1 - entries (eta :: etas) (S k) * fraction x)
      with (fun k => 1 - entries etas k * fraction x).
    destruct (modulus_factor eta x eta_proper x_proper)
      as (f_proper & f_value).
    assert (step := times_up o value o_exact r _ r_ge0 f_proper).
    rewrite f_value in step.
    set (next := times o true r _) in *.
    assert (product_ge0 : 0 <= rounded_value r
      * Rabs (1 - fraction eta * fraction x)).
    { apply Rmult_le_pos; [| apply Rabs_pos].
      apply (rounded_ge0 value), r_ge0. }
    assert (next_ge0 : 0 <= value (mantissa next))
      by (apply (rounded_ge0 value); lra).
    apply Rle_trans with (2 := IHetas next next_ge0).
    rewrite <- Rmult_assoc.
    apply Rmult_le_compat_r; [apply Rabs_pos | exact step]. }
assert (one_ge0 : 0 <= value (mantissa (rounded_one o)))
  by (simpl; rewrite (value_one o value o_exact); lra).
assert (up := from (rounded_one o) one_ge0).
rewrite (rounded_one_value o value o_exact), Rmult_1_l in up; exact up.
Qed.

Lemma modulus_ge0 etas x : Forall proper etas -> proper x ->
  0 <= rounded_value (modulus o etas x).
Proof.
intros etas_proper x_proper.
apply Rle_trans with (2 := modulus_up etas x etas_proper x_proper).
apply Rabs_pos.
Qed.

(** * The larger of two *)

Lemma leb_zero x : leb o x (zero o) = true -> value x <= 0.
Proof.
intros x_le; apply (leb_value o value o_exact) in x_le.
rewrite (value_zero o value o_exact) in x_le; exact x_le.
Qed.

Lemma leb_two_to x k :
  leb o x (pow2 o k) = true -> value x <= two_to (Z.of_N k).
Proof.
intros x_le; apply (leb_value o value o_exact) in x_le.
rewrite (pow2_two_to o value o_exact) in x_le; exact x_le.
Qed.

Lemma two_to_leb x k :
  leb o (pow2 o k) x = true -> two_to (Z.of_N k) <= value x.
Proof.
intros x_ge; apply (leb_value o value o_exact) in x_ge.
rewrite (pow2_two_to o value o_exact) in x_ge; exact x_ge.
Qed.

Lemma at_most_le x z : at_most o x z = true ->
  rounded_value x <= rounded_value z.
Proof.
unfold at_most, SoundRounding.rounded_value.
assert (x_gt0 := two_to_gt0 (exponent x)).
assert (z_gt0 := two_to_gt0 (exponent z)).
destruct (leb o (mantissa x) (zero o)) eqn:x_eq.
{ apply leb_zero in x_eq; intros z_ge.
  apply (leb_value o value o_exact) in z_ge.
  rewrite (value_zero o value o_exact) in z_ge; nra. }
destruct (leb o (mantissa z) (zero o)); [discriminate |].
unfold magnitude; destruct (Z.ltb_spec
  (exponent x + Z.of_N (bit_length o (mantissa x)))
  (exponent z + Z.of_N (bit_length o (mantissa z)))) as [shorter | _].
- destruct (leb o (mantissa x) (pow2 o _)) eqn:x_le; [| discriminate].
  apply leb_two_to in x_le; intros z_ge; apply two_to_leb in z_ge.
  set (k := bit_length o (mantissa x)) in *.
  set (l := bit_length o (mantissa z)) in *.
  apply Rle_trans with (two_to (Z.of_N k) * two_to (exponent x)).
  { apply Rmult_le_compat_r; lra. }
  apply Rle_trans with (two_to (Z.of_N (l - 1)) * two_to (exponent z)).
  { rewrite <- !two_to_add; apply two_to_le; lia. }
  apply Rmult_le_compat_r; lra.
- destruct (_ <? _)%Z; [discriminate |]; intros le.
  apply (leb_value o value o_exact) in le.
  rewrite !(value_mul o value o_exact), !(pow2_two_to o value o_exact) in le.
  set (e := Z.min (exponent x) (exponent z)) in *.
  rewrite !Z2N.id in le by lia.
  assert (shift : forall d, two_to d = two_to (d - e) * two_to e).
  { intros d; rewrite <- two_to_add; f_equal; lia. }
  rewrite (shift (exponent x)), (shift (exponent z)), <- !Rmult_assoc.
  apply Rmult_le_compat_r; [left; apply two_to_gt0 | exact le].
Qed.

Lemma larger_up x z : 0 <= rounded_value x -> 0 <= rounded_value z ->
  rounded_value x <= rounded_value (larger o x z) /\
  rounded_value z <= rounded_value (larger o x z).
Proof.
intros x_ge0 z_ge0; unfold larger.
destruct (at_most o x z) eqn:xz_le.
{ apply at_most_le in xz_le; lra. }
destruct (at_most o z x) eqn:zx_le.
{ apply at_most_le in zx_le; lra. }
apply (rounded_ge0 value) in x_ge0; apply (rounded_ge0 value) in z_ge0.
unfold SoundRounding.rounded_value; cbn [mantissa exponent].
rewrite (value_add o value o_exact).
set (e := Z.max (exponent x) (exponent z)).
assert (x_le : two_to (exponent x) <= two_to e) by (apply two_to_le; lia).
assert (z_le : two_to (exponent z) <= two_to e) by (apply two_to_le; lia).
assert (e_gt0 := two_to_gt0 e); split; nra.
Qed.

(** * The grid *)

Lemma proper_half x : proper x -> proper (reduce o (fdiv o x (ftwo o))).
Proof.
intros x_proper; apply (proper_reduce o value o_exact).
apply (proper_fdiv o value o_exact); [exact x_proper |].
apply (fpositive_value o value o_exact);
  [apply (proper_of_int o value o_exact) |].
rewrite (fraction_ftwo o value o_exact); lra.
Qed.

Lemma fraction_half x : proper x ->
  fraction (reduce o (fdiv o x (ftwo o))) = fraction x / 2.
Proof.
intros x_proper.
assert (two_proper : proper (ftwo o)) by apply (proper_of_int o value o_exact).
rewrite (fraction_reduce o value o_exact), (fraction_fdiv o value o_exact);
  [| exact x_proper | exact two_proper |].
- rewrite (fraction_ftwo o value o_exact); reflexivity.
- apply (fpositive_value o value o_exact); [exact two_proper |].
  rewrite (fraction_ftwo o value o_exact); lra.
Qed.

Section Bound.

Variables (mu l : frac I) (grid : N) (etas : list (frac I)).

Hypothesis mu_proper : proper mu.
Hypothesis l_proper : proper l.
Hypothesis etas_proper : Forall proper etas.
Hypothesis grid_gt0 : (0 < grid)%N.

Local Notation N := (N.to_nat grid).
Local Notation square := (mul o (of_count o grid) (of_count o grid)).
Local Notation middle := (reduce o (fdiv o (fadd o mu l) (ftwo o))).
Local Notation radius := (reduce o (fdiv o (fsub o l mu) (ftwo o))).
Local Notation p := (step_polynomial (entries etas) (length etas)).

Lemma middle_value :
  proper middle /\ fraction middle = (fraction mu + fraction l) / 2.
Proof.
assert (sum_proper := proper_fadd o value o_exact mu l mu_proper l_proper).
split; [apply proper_half, sum_proper |].
rewrite fraction_half by exact sum_proper.
rewrite (fraction_fadd o value o_exact) by assumption; reflexivity.
Qed.

Lemma radius_value :
  proper radius /\ fraction radius = (fraction l - fraction mu) / 2.
Proof.
assert (difference_proper :=
  proper_fsub o value o_exact l mu l_proper mu_proper).
split; [apply proper_half, difference_proper |].
rewrite fraction_half by exact difference_proper.
rewrite (fraction_fsub o value o_exact) by assumption; reflexivity.
Qed.

Lemma grid_points_value place j x y : value place = INR j ->
  grid_points o middle radius square place = (x, y) ->
  proper x /\ proper y /\
  fraction x = interval_point (fraction mu) (fraction l) (grid_point N j) /\
  fraction y = interval_point (fraction mu) (fraction l) (- grid_point N j).
Proof.
intros place_eq; unfold grid_points; intros points_eq.
injection points_eq as x_eq y_eq; subst x y.
destruct middle_value as (middle_proper & middle_eq).
destruct radius_value as (radius_proper & radius_eq).
set (node := Frac _ _).
assert (count_eq : value (of_count o grid) = INR N)
  by apply (value_nat o value o_exact).
assert (N_gt0 : 0 < INR N) by (apply lt_0_INR; lia).
assert (j_ge0 := pos_INR j).
assert (node_proper : proper node).
{ unfold Exactness.proper, node; cbn [den].
  rewrite (value_add o value o_exact), !(value_mul o value o_exact).
  rewrite count_eq, place_eq; nra. }
assert (node_eq : fraction node = grid_point N j).
{ unfold Meaning.fraction, node, grid_point; cbn [num den].
  rewrite (value_add o value o_exact), (value_sub o value o_exact).
  rewrite !(value_mul o value o_exact), count_eq, place_eq; reflexivity. }
assert (offset_proper : proper (fmul o radius node))
  by (apply (proper_fmul o value o_exact); assumption).
split; [| split; [| split]].
- apply (proper_reduce o value o_exact), (proper_fadd o value o_exact);
    assumption.
- apply (proper_reduce o value o_exact), (proper_fsub o value o_exact);
    assumption.
- rewrite (fraction_reduce o value o_exact), (fraction_fadd o value o_exact),
    (fraction_fmul o value o_exact) by assumption.
  rewrite middle_eq, radius_eq, node_eq; reflexivity.
- rewrite (fraction_reduce o value o_exact), (fraction_fsub o value o_exact),
    (fraction_fmul o value o_exact) by assumption.
  rewrite middle_eq, radius_eq, node_eq; unfold interval_point; ring.
Qed.

(** c is at least every |p| of the grid. *)
Lemma grid_maximum_up :
  Grid.grid_bound N (entries etas) (length etas) (fraction mu) (fraction l)
    (rounded_value (grid_maximum o etas mu l grid)).
Proof.
unfold grid_maximum.
set (advance := fun state : I * rounded =>
  let (j, largest) := state in
  let (x, y) := grid_points o middle radius square j in
  (add o j (one o),
   larger o (larger o largest (modulus o etas x)) (modulus o etas y))).
set (start := (zero o, Rounded (zero o) 0)).
rewrite Nnat.N2Nat.inj_iter, Nnat.N2Nat.inj_succ.
assert (invariant : forall k, let state := Nat.iter k advance start in
  value (fst state) = INR k /\ 0 <= rounded_value (snd state) /\
  forall j, (j < k)%nat ->
    Rabs (p (interval_point (fraction mu) (fraction l) (grid_point N j)))
    <= rounded_value (snd state) /\
    Rabs (p (interval_point (fraction mu) (fraction l) (- grid_point N j)))
    <= rounded_value (snd state)).
{ induction k as [| k IHk]; cbv zeta.
  - unfold start, SoundRounding.rounded_value; cbn [Nat.iter nat_rect fst snd].
    cbn [mantissa]; rewrite (value_zero o value o_exact).
    split; [reflexivity |]; split; [lra |]; intros j j_lt; lia.
  - change (Nat.iter (S k) advance start)
      with (advance (Nat.iter k advance start)).
    cbv zeta in IHk; destruct (Nat.iter k advance start) as (place & largest).
    cbn [fst snd] in IHk; destruct IHk as (place_eq & largest_ge0 & before).
    unfold advance.
    destruct (grid_points o middle radius square place) as (x & y) eqn:points.
    destruct (grid_points_value place k x y place_eq points)
      as (x_proper & y_proper & x_eq & y_eq).
    assert (x_up := modulus_up etas x etas_proper x_proper).
    assert (y_up := modulus_up etas y etas_proper y_proper).
    rewrite x_eq in x_up; rewrite y_eq in y_up.
    assert (x_ge0 := modulus_ge0 etas x etas_proper x_proper).
    assert (y_ge0 := modulus_ge0 etas y etas_proper y_proper).
    destruct (larger_up largest _ largest_ge0 x_ge0) as (first_l & first_x).
    set (first := larger o largest (modulus o etas x)) in *.
    assert (first_ge0 : 0 <= rounded_value first) by lra.
    destruct (larger_up first _ first_ge0 y_ge0) as (last_f & last_y).
    cbn [fst snd]; split; [| split].
    + rewrite (value_add o value o_exact), (value_one o value o_exact).
      rewrite place_eq, S_INR; reflexivity.
    + lra.
    + intros j j_lt; destruct (Nat.eq_dec j k) as [j_eq | j_ne].
      * subst j; split; lra.
      * destruct (before j ltac:(lia)) as (plus_le & minus_le); split; lra. }
intros j j_le; apply (proj2 (proj2 (invariant (S N)))); lia.
Qed.

End Bound.

(** * The bound *)

Lemma rounded_bound_up bounds x c : rounded_bound o bounds x = Some c ->
  proper c /\ rounded_value x <= fraction c.
Proof.
unfold rounded_bound; destruct (leb o (mantissa x) (zero o)) eqn:x_eq.
{ apply leb_zero in x_eq; intros c_eq; injection c_eq as c_eq; subst c.
  split; [apply (proper_of_int o value o_exact) |].
  rewrite (fraction_fzero o value o_exact).
  assert (scale_gt0 := two_to_gt0 (exponent x)).
  unfold SoundRounding.rounded_value; nra. }
destruct (if (exponent x <=? 0)%Z then _ else _) eqn:tiny.
- destruct (exponent x <=? 0)%Z; [| discriminate].
  apply Z.ltb_lt in tiny; unfold magnitude in tiny.
  destruct (leb o (mantissa x) (pow2 o _)) eqn:x_le; [| discriminate].
  apply leb_two_to in x_le; set (k := bit_length o (mantissa x)) in *.
  assert (unit_ge1 := pow2_ge1 o value o_exact 4096).
  assert (unit_eq := pow2_two_to o value o_exact 4096).
  set (unit := pow2 o 4096) in *.
  intros c_eq; injection c_eq as c_eq; subst c.
  split; [unfold Exactness.proper; cbn [den]; lra |].
  unfold Meaning.fraction; cbn [num den].
  rewrite (value_one o value o_exact), unit_eq.
  unfold Rdiv; rewrite Rmult_1_l, <- two_to_opp.
  apply Rle_trans with (two_to (Z.of_N k) * two_to (exponent x)).
  + unfold SoundRounding.rounded_value.
    apply Rmult_le_compat_r; [left; apply two_to_gt0 | exact x_le].
  + rewrite <- two_to_add; apply two_to_le; lia.
- destruct (_ <=? max_bits bounds)%N; [| discriminate].
  intros c_eq; injection c_eq as c_eq; subst c.
  split; [apply (of_rounded_proper o value o_exact) |].
  rewrite (of_rounded_value o value o_exact); lra.
Qed.

Lemma grid_bound_value i c grid : (loops i < grid)%N -> proper c ->
  proper (grid_bound o i c grid) /\
  fraction (grid_bound o i c grid)
  = fraction c / slack (N.to_nat grid) (count_T i).
Proof.
intros loops_lt c_proper; unfold grid_bound, count_T.
set (rest := Frac _ _).
assert (n_eq : value (of_count o grid) = INR (N.to_nat grid))
  by apply (value_nat o value o_exact).
assert (t_eq : value (of_count o (loops i)) = INR (N.to_nat (loops i)))
  by apply (value_nat o value o_exact).
assert (n_gt0 : 0 < INR (N.to_nat grid)) by (apply lt_0_INR; lia).
assert (square_gt0 := Rmult_lt_0_compat _ _ n_gt0 n_gt0).
assert (twice_eq : value (den rest)
  = 2 * (INR (N.to_nat grid) * INR (N.to_nat grid))).
{ unfold rest; cbn [den].
  rewrite !(value_mul o value o_exact), (value_add o value o_exact).
  rewrite (value_one o value o_exact), n_eq; ring. }
assert (rest_proper : proper rest)
  by (unfold Exactness.proper; rewrite twice_eq; lra).
assert (rest_eq : fraction rest
  = slack (N.to_nat grid) (N.to_nat (loops i))).
{ unfold Meaning.fraction; rewrite twice_eq; unfold rest; cbn [num].
  rewrite (value_sub o value o_exact), !(value_mul o value o_exact).
  rewrite (value_add o value o_exact), (value_one o value o_exact), n_eq, t_eq.
  unfold slack; field; lra. }
assert (rest_gt0 : fpositive o rest = true).
{ apply (fpositive_value o value o_exact); [exact rest_proper |].
  rewrite rest_eq; apply slack_gt0; lia. }
split.
- apply (proper_reduce o value o_exact), (proper_fdiv o value o_exact);
    assumption.
- rewrite (fraction_reduce o value o_exact), (fraction_fdiv o value o_exact),
    rest_eq by assumption; reflexivity.
Qed.

(** * The rule *)

Section Rule.

Context (i : instance I) (eta : nat -> R).

Hypothesis i_formed : well_formed value i.
Hypothesis eta_steps : schedule_of value i eta.

Lemma contraction_schedule_proved bounds etas mu r l grid c :
  steps i = Schedule etas -> (loops i < grid)%N ->
  rounded_bound o bounds (grid_maximum o etas mu l grid) = Some c ->
  Forall (good value i eta) [HasSmallestAtLeast mu r; HasLambdaMaxAtMost l] ->
  good value i eta (Contracts false (Value (grid_bound o i c grid))).
Proof.
intros steps_eq loops_lt c_eq all_good; rewrite !Forall_cons_iff in all_good.
destruct all_good as (((_ & convex & _) & mu_proper) &
  (smooth_l & l_proper) & _).
cbn [proper_conclusion] in mu_proper, l_proper.
assert (given := steps_proper value i i_formed).
rewrite steps_eq in given; destruct given as (etas_proper & length_eq).
destruct (rounded_bound_up bounds _ c c_eq) as (c_proper & c_ge).
destruct (grid_bound_value i c grid loops_lt c_proper)
  as (bound_proper & bound_eq).
split; [| exact bound_proper].
assert (grid_gt0 : (0 < grid)%N) by lia.
assert (on_grid := grid_maximum_up mu l grid etas mu_proper l_proper
  etas_proper grid_gt0).
split; [| exact Logic.I]; intros T T_eq v v_row; simpl in T_eq; subst T.
cbn [factor_at factor_value]; rewrite bound_eq.
apply (contraction_schedule_grid _ _ _ _ _ (fraction mu) (fraction l));
  [exact smooth_l | exact convex | unfold count_T; lia | | exact v_row].
assert (same : forall x, step_polynomial eta (count_T i) x
  = step_polynomial (entries etas) (length etas) x).
{ intros x; rewrite length_eq; apply prod_ext; intros t t_lt.
  revert eta_steps; unfold schedule_of; rewrite steps_eq, length_eq.
  intros eta_eq; rewrite eta_eq by exact t_lt; reflexivity. }
intros j j_le; rewrite !same; destruct (on_grid j j_le) as (plus_le & minus_le).
split; lra.
Qed.

Lemma contraction_schedule_sound bounds grid premises :
  Forall (good value i eta) premises ->
  sound value i eta (contraction_schedule o bounds i grid premises).
Proof.
intros all_good; unfold contraction_schedule; take_premises.
destruct (steps i) as [e | etas |] eqn:steps_eq; try apply sound_refused.
apply sound_require; intros loops_lt; apply N.ltb_lt in loops_lt.
apply sound_some; intros c c_eq.
apply sound_require; intros _; apply sound_proved.
exact (contraction_schedule_proved bounds etas _ _ _ grid c steps_eq loops_lt
  c_eq all_good).
Qed.

End Rule.

End SoundSchedule.
