(** Bernstein's inequality for trigonometric polynomials, by the interpolation
    formula of M. Riesz (Eine trigonometrische Interpolationsformel und einige
    Ungleichungen fuer Polynome, Jahresbericht der DMV 23, 1914).

    It is what the rule contraction-schedule of certificates/FORMAT.md, 4.4,
    rests on.

    Exports
    - [trigonometric]: s(phi) = sum_{j<=T} a_j cos(j phi) + b_j sin(j phi)
    - [derivative_trigonometric]: s' is one of the same degree
    - [riesz_interpolation]: s'(phi) = sum_{k<2T} w_k s(phi + theta_k),
      theta_k = (2k+1) pi / (2T)
    - [riesz_mass]: sum_{k<2T} |w_k| = T
    - [bernstein]: |s'| <= T m where |s| <= m
    - [near_maximum]: where |s| is largest, at phi_0,
      |s(phi)| >= |s(phi_0)| (1 - T^2 (phi - phi_0)^2 / 2) *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors.

Local Open Scope R_scope.

Definition trigonometric (T : nat) (a b : nat -> R) (phi : R) : R :=
  sum (S T) (fun j => a j * cos (INR j * phi) + b j * sin (INR j * phi)).

(** The coefficients of the derivative *)
Definition cosines' (b : nat -> R) (j : nat) : R := INR j * b j.
Definition sines' (a : nat -> R) (j : nat) : R := - (INR j * a j).

Lemma derivative_sum n (f f' : nat -> R -> R) phi :
  (forall j, (j < n)%nat -> derivable_pt_lim (f j) phi (f' j phi)) ->
  derivable_pt_lim (fun x => sum n (fun j => f j x)) phi
    (sum n (fun j => f' j phi)).
Proof.
induction n as [| n IHn]; intros derivatives; simpl.
- apply derivable_pt_lim_const.
- apply (derivable_pt_lim_plus (fun x => sum n (fun j => f j x)) (f n)).
  + apply IHn; intros j j_lt; apply derivatives; lia.
  + apply derivatives; lia.
Qed.

Lemma derivative_linear c phi : derivable_pt_lim (fun x => c * x) phi c.
Proof.
assert (scaled := derivable_pt_lim_scal id c phi 1 (derivable_pt_lim_id phi)).
rewrite Rmult_1_r in scaled; exact scaled.
Qed.

Lemma derivative_trigonometric T a b phi :
  derivable_pt_lim (trigonometric T a b) phi
    (trigonometric T (cosines' b) (sines' a) phi).
Proof.
apply (derivative_sum (S T)
  (fun j x => a j * cos (INR j * x) + b j * sin (INR j * x))
  (fun j x => cosines' b j * cos (INR j * x) + sines' a j * sin (INR j * x))).
intros j _; unfold cosines', sines'; set (c := INR j).
assert (inner := derivative_linear c phi).
assert (of_cos := derivable_pt_lim_comp _ cos phi _ _ inner
  (derivable_pt_lim_cos (c * phi))).
assert (of_sin := derivable_pt_lim_comp _ sin phi _ _ inner
  (derivable_pt_lim_sin (c * phi))).
assert (both := derivable_pt_lim_plus _ _ phi _ _
  (derivable_pt_lim_scal _ (a j) phi _ of_cos)
  (derivable_pt_lim_scal _ (b j) phi _ of_sin)).
replace (c * b j * cos (c * phi) + - (c * a j) * sin (c * phi))
  with (a j * (- sin (c * phi) * c) + b j * (cos (c * phi) * c)) by ring.
exact both.
Qed.

(** * Sums over the nodes of the interpolation *)

Lemma sum_reverse n f : sum n (fun k => f (n - 1 - k)%nat) = sum n f.
Proof.
assert (head : forall n f, sum (S n) f = f 0%nat + sum n (fun k => f (S k))).
{ clear; induction n as [| n IHn]; intros f; [simpl; ring |].
  rewrite sum_S, IHn; simpl; ring. }
revert f; induction n as [| n IHn]; intros f; [reflexivity |].
rewrite head, sum_S, <- IHn.
replace (S n - 1 - 0)%nat with n by lia.
rewrite Rplus_comm; f_equal; apply sum_ext; intros k k_lt; f_equal; lia.
Qed.

Lemma sum_telescope n f : sum n (fun k => f (S k) - f k) = f n - f 0%nat.
Proof. induction n as [| n IHn]; simpl; [| rewrite IHn]; ring. Qed.

Lemma sum_Rabs n f : Rabs (sum n f) <= sum n (fun k => Rabs (f k)).
Proof.
induction n as [| n IHn]; simpl; [rewrite Rabs_R0; lra |].
apply Rle_trans with (1 := Rabs_triang _ _); lra.
Qed.

Lemma sin_multiple m : sin (INR m * PI) = 0.
Proof.
apply sin_eq_0_1; exists (Z.of_nat m); rewrite INR_IZR_INZ; reflexivity.
Qed.

Section Riesz.

Variable T : nat.
Hypothesis T_gt0 : (0 < T)%nat.

Lemma degree_gt0 : 0 < INR T.
Proof. apply lt_0_INR, T_gt0. Qed.

(** theta_k *)
Definition node (k : nat) : R := (2 * INR k + 1) * (PI / (2 * INR T)).

(** w_k = sin(T theta_k) / (4 T sin^2(theta_k / 2)) *)
Definition weight (k : nat) : R :=
  sin (INR T * node k) / (2 * INR T * (1 - cos (node k))).

Lemma degree_node k : INR T * node k = INR k * PI + PI / 2.
Proof. assert (T_pos := degree_gt0); unfold node; field; lra. Qed.

Lemma cos_degree_node k : cos (INR T * node k) = 0.
Proof.
rewrite degree_node, cos_plus, cos_PI2, sin_multiple; ring.
Qed.

Lemma sin_degree_node k :
  sin (INR T * node k) * sin (INR T * node k) = 1.
Proof.
assert (squares := sin2_cos2 (INR T * node k)).
rewrite cos_degree_node in squares; unfold Rsqr in squares; lra.
Qed.

Lemma node_in k : (k < 2 * T)%nat -> 0 < node k < 2 * PI.
Proof.
intros k_lt; assert (T_pos := degree_gt0); assert (pi_pos := PI_RGT_0).
assert (k_ge0 := pos_INR k).
assert (k_le : INR k + 1 <= 2 * INR T).
{ rewrite <- S_INR; replace (2 * INR T) with (INR (2 * T)%nat)
    by (rewrite mult_INR; simpl; ring).
  apply le_INR; lia. }
assert (unit_pos : 0 < PI / (2 * INR T)) by (apply Rdiv_lt_0_compat; lra).
unfold node; split; [apply Rmult_lt_0_compat; lra |].
replace (2 * PI) with (4 * INR T * (PI / (2 * INR T))) by (field; lra).
apply Rmult_lt_compat_r; lra.
Qed.

Lemma cos_node_lt1 k : (k < 2 * T)%nat -> cos (node k) < 1.
Proof.
intros k_lt; assert (range := node_in k k_lt).
replace (node k) with (2 * (node k / 2)) by field.
rewrite cos_2a_sin.
assert (half_pos : 0 < sin (node k / 2)) by (apply sin_gt_0; lra).
assert (square_pos := Rmult_lt_0_compat _ _ half_pos half_pos); lra.
Qed.

(** sum_k cos(m theta_k) = 0 for 0 < m < 2T *)
Lemma sum_cos_node m : (0 < m < 2 * T)%nat ->
  sum (2 * T) (fun k => cos (INR m * node k)) = 0.
Proof.
intros m_in; assert (T_pos := degree_gt0); assert (pi_pos := PI_RGT_0).
set (half := INR m * (PI / (2 * INR T))).
assert (m_gt0 : 0 < INR m) by (apply lt_0_INR; lia).
assert (m_lt : INR m < 2 * INR T).
{ replace (2 * INR T) with (INR (2 * T)%nat)
    by (rewrite mult_INR; simpl; ring).
  apply lt_INR; lia. }
assert (half_pos : 0 < sin half).
{ assert (unit_pos : 0 < PI / (2 * INR T)) by (apply Rdiv_lt_0_compat; lra).
  apply sin_gt_0; unfold half; [apply Rmult_lt_0_compat; lra |].
  apply Rlt_le_trans with (2 * INR T * (PI / (2 * INR T)));
    [apply Rmult_lt_compat_r; lra | right; field; lra]. }
apply (Rmult_eq_reg_l (2 * sin half)); [| lra].
rewrite Rmult_0_r, <- sum_scale.
transitivity (sum (2 * T)
  (fun k => sin (INR (S k) * (2 * half)) - sin (INR k * (2 * half)))).
- apply sum_ext; intros k _; rewrite S_INR.
  replace (INR m * node k) with (INR k * (2 * half) + half)
    by (unfold node, half; ring).
  replace ((INR k + 1) * (2 * half)) with (INR k * (2 * half) + half + half)
    by ring.
  replace (INR k * (2 * half)) with (INR k * (2 * half) + half - half) at 3
    by ring.
  set (x := INR k * (2 * half) + half).
  rewrite sin_plus, sin_minus; ring.
- rewrite (sum_telescope (2 * T) (fun k => sin (INR k * (2 * half)))).
  simpl (INR 0); rewrite Rmult_0_l, sin_0, mult_INR.
  replace (INR 2 * INR T * (2 * half)) with (INR (2 * m) * PI).
  + rewrite sin_multiple; ring.
  + rewrite mult_INR; unfold half; simpl; field; lra.
Qed.

(** sum_k w_k sin(j theta_k) *)
Definition sine_sum (j : nat) : R :=
  sum (2 * T) (fun k => weight k * sin (INR j * node k)).

Lemma sine_sum_second j :
  sine_sum (S (S j)) - 2 * sine_sum (S j) + sine_sum j
  = - / INR T
    * sum (2 * T) (fun k => sin (INR T * node k) * sin (INR (S j) * node k)).
Proof.
assert (T_pos := degree_gt0); unfold sine_sum.
rewrite <- (sum_scale _ 2), <- (sum_scale _ (- / INR T)).
rewrite <- sum_sub, <- sum_add; apply sum_ext; intros k k_lt.
assert (cos_lt := cos_node_lt1 k k_lt).
assert (addition : sin (INR (S (S j)) * node k) + sin (INR j * node k)
                   = 2 * cos (node k) * sin (INR (S j) * node k)).
{ rewrite !S_INR.
  replace ((INR j + 1 + 1) * node k) with ((INR j + 1) * node k + node k)
    by ring.
  replace (INR j * node k) with ((INR j + 1) * node k - node k) by ring.
  rewrite sin_plus, sin_minus; ring. }
replace (sin (INR (S (S j)) * node k))
  with (2 * cos (node k) * sin (INR (S j) * node k) - sin (INR j * node k))
  by lra.
unfold weight; field; lra.
Qed.

Lemma sine_sum_straight j : (S j < T)%nat ->
  sine_sum (S (S j)) - sine_sum (S j) = sine_sum (S j) - sine_sum j.
Proof.
intros j_lt; assert (second := sine_sum_second j).
assert (products : sum (2 * T)
  (fun k => sin (INR T * node k) * sin (INR (S j) * node k)) = 0).
{ transitivity (sum (2 * T) (fun k =>
    / 2 * cos (INR (T - S j) * node k) - / 2 * cos (INR (T + S j) * node k))).
  - apply sum_ext; intros k _; rewrite minus_INR, plus_INR by lia.
    rewrite Rmult_minus_distr_r, Rmult_plus_distr_r, cos_minus, cos_plus; field.
  - rewrite sum_sub, !sum_scale, !sum_cos_node by lia; ring. }
rewrite products, Rmult_0_r in second; lra.
Qed.

Lemma sine_sum_last j : S j = T -> sine_sum (S j) - sine_sum j = 1.
Proof.
intros j_eq; assert (T_pos := degree_gt0); assert (second := sine_sum_second j).
assert (even : sine_sum (S (S j)) = sine_sum j).
{ apply sum_ext; intros k _; f_equal.
  assert (degree := cos_degree_node k); rewrite <- j_eq in degree.
  rewrite (S_INR (S j)).
  replace (INR j * node k) with (INR (S j) * node k - node k)
    by (rewrite S_INR; ring).
  rewrite Rmult_plus_distr_r, Rmult_1_l, sin_plus, sin_minus, degree; ring. }
rewrite even, j_eq in second.
rewrite (sum_ext _ _ (fun _ => 1)) in second
  by (intros k _; apply sin_degree_node).
rewrite sum_const, mult_INR in second; rewrite j_eq.
replace (- / INR T * (INR 2 * INR T * 1)) with (-2) in second
  by (simpl; field; lra).
lra.
Qed.

Lemma sine_sum_value j : (j <= T)%nat -> sine_sum j = INR j.
Proof.
assert (first : sine_sum 0 = 0).
{ apply sum_zero; intros k _; simpl (INR 0); rewrite Rmult_0_l, sin_0; ring. }
assert (slope : forall i, (i < T)%nat -> sine_sum (S i) - sine_sum i = 1).
{ intros i i_lt; remember (T - S i)%nat as gap eqn:gap_eq.
  revert i i_lt gap_eq; induction gap as [| gap IHgap]; intros i i_lt gap_eq.
  - apply sine_sum_last; lia.
  - rewrite <- sine_sum_straight by lia; apply IHgap; lia. }
induction j as [| j IHj]; intros j_le; [exact first |].
assert (step := slope j ltac:(lia)); rewrite IHj in step by lia.
rewrite S_INR; lra.
Qed.

(** sum_k w_k cos(j theta_k) = 0: theta -> 2 pi - theta changes the sign. *)
Lemma cosine_sum_value j :
  sum (2 * T) (fun k => weight k * cos (INR j * node k)) = 0.
Proof.
assert (T_pos := degree_gt0).
set (f := fun k => weight k * cos (INR j * node k)).
assert (odd : sum (2 * T) f = - sum (2 * T) f).
{ rewrite <- sum_opp; rewrite <- (sum_reverse (2 * T) f) at 1.
  apply sum_ext; intros k k_lt; unfold f, weight.
  assert (mirrored : node (2 * T - 1 - k) = 2 * PI - node k).
  { unfold node; rewrite !minus_INR, mult_INR by lia; simpl; field; lra. }
  assert (mirror_sin : forall i x,
    sin (INR i * (2 * PI - x)) = - sin (INR i * x)).
  { intros i x; replace (INR i * (2 * PI - x))
      with (- (INR i * x) + 2 * INR i * PI) by ring.
    rewrite sin_period, sin_neg; reflexivity. }
  assert (mirror_cos : forall i x,
    cos (INR i * (2 * PI - x)) = cos (INR i * x)).
  { intros i x; replace (INR i * (2 * PI - x))
      with (- (INR i * x) + 2 * INR i * PI) by ring.
    rewrite cos_period, cos_neg; reflexivity. }
  assert (mirror_one := mirror_cos 1%nat (node k)).
  simpl (INR 1) in mirror_one; rewrite !Rmult_1_l in mirror_one.
  rewrite mirrored, mirror_sin, mirror_cos, mirror_one.
  unfold Rdiv; ring. }
lra.
Qed.

Lemma riesz_mass : sum (2 * T) (fun k => Rabs (weight k)) = INR T.
Proof.
rewrite <- (sine_sum_value T) by lia; apply sum_ext; intros k k_lt.
assert (T_pos := degree_gt0); assert (cos_lt := cos_node_lt1 k k_lt).
assert (square := sin_degree_node k); unfold weight.
set (s := sin (INR T * node k)) in *.
assert (scale_pos : 0 < / (2 * INR T * (1 - cos (node k)))).
{ apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra. }
unfold Rdiv; rewrite Rabs_mult, (Rabs_pos_eq (/ _)) by lra.
assert (abs_s : Rabs s = s * s).
{ rewrite square; assert (roots : (s - 1) * (s + 1) = 0) by lra.
  apply Rmult_integral in roots; destruct roots as [s_eq | s_eq].
  - replace s with 1 by lra; apply Rabs_R1.
  - replace s with (- (1)) by lra; rewrite Rabs_Ropp; apply Rabs_R1. }
rewrite abs_s; ring.
Qed.

Theorem riesz_interpolation a b phi :
  trigonometric T (cosines' b) (sines' a) phi
  = sum (2 * T) (fun k => weight k * trigonometric T a b (phi + node k)).
Proof.
transitivity (sum (2 * T) (fun k => sum (S T) (fun j =>
  weight k * (a j * cos (INR j * (phi + node k))
              + b j * sin (INR j * (phi + node k)))))).
- rewrite sum_swap; apply sum_ext; intros j j_lt.
  transitivity (sum (2 * T) (fun k =>
    (a j * cos (INR j * phi) + b j * sin (INR j * phi))
      * (weight k * cos (INR j * node k))
    + (b j * cos (INR j * phi) - a j * sin (INR j * phi))
      * (weight k * sin (INR j * node k)))).
  + rewrite sum_add, !sum_scale, cosine_sum_value.
    fold (sine_sum j); rewrite sine_sum_value by lia.
    unfold cosines', sines'; ring.
  + apply sum_ext; intros k _.
    rewrite (Rmult_plus_distr_l (INR j)), cos_plus, sin_plus; ring.
- apply sum_ext; intros k _; apply sum_scale.
Qed.

End Riesz.

(** |s'| <= T m *)
Theorem bernstein T a b m :
  (forall phi, Rabs (trigonometric T a b phi) <= m) ->
  forall phi,
    Rabs (trigonometric T (cosines' b) (sines' a) phi) <= INR T * m.
Proof.
intros bounded phi; destruct (Nat.eq_dec T 0) as [T_eq | T_ne].
- subst T; unfold trigonometric, cosines', sines'; simpl.
  replace (0 + _) with 0 by ring; rewrite Rabs_R0; lra.
- assert (T_gt0 : (0 < T)%nat) by lia.
  rewrite riesz_interpolation by exact T_gt0.
  apply Rle_trans with (1 := sum_Rabs _ _).
  rewrite <- (riesz_mass T T_gt0), Rmult_comm, <- sum_scale.
  apply sum_le; intros k _; rewrite Rabs_mult, Rmult_comm.
  apply Rmult_le_compat_r; [apply Rabs_pos | apply bounded].
Qed.

(** |s''| <= T^2 m, and s'(phi_0) = 0 where s is largest, m = s(phi_0) *)
Lemma near_maximum_signed T a b phi_0 :
  let s := trigonometric T a b in
  (forall phi, Rabs (s phi) <= s phi_0) ->
  forall phi,
    s phi_0 * (1 - INR T * INR T * ((phi - phi_0) * (phi - phi_0)) / 2)
    <= s phi.
Proof.
intros s largest phi.
set (s' := trigonometric T (cosines' b) (sines' a)).
set (s'' := trigonometric T (cosines' (sines' a)) (sines' (cosines' b))).
assert (s_s' : forall x, derivable_pt_lim s x (s' x))
  by apply derivative_trigonometric.
assert (s'_s'' : forall x, derivable_pt_lim s' x (s'' x))
  by apply derivative_trigonometric.
set (m := s phi_0) in *; set (c := INR T * (INR T * m)).
assert (s''_le : forall x, Rabs (s'' x) <= c).
{ apply bernstein, bernstein, largest. }
assert (critical : s' phi_0 = 0).
{ assert (zero := deriv_maximum s (phi_0 - 1) (phi_0 + 1) phi_0
    (exist _ _ (s_s' phi_0))).
  apply zero; [lra | lra |]; intros x _ _.
  apply Rle_trans with (1 := Rle_abs (s x)), largest. }
assert (slope : forall x, Rabs (s' x) <= c * Rabs (x - phi_0)).
{ intros x; destruct (Rtotal_order x phi_0) as [lt | [eq | gt]].
  - destruct (MVT_cor2 s' s'' x phi_0 lt (fun y _ => s'_s'' y))
      as (y & change & _).
    replace (s' x) with (s'' y * (x - phi_0)) by lra.
    rewrite Rabs_mult.
    apply Rmult_le_compat_r; [apply Rabs_pos | apply s''_le].
  - subst x; rewrite critical, Rminus_eq_0, Rabs_R0; lra.
  - destruct (MVT_cor2 s' s'' phi_0 x gt (fun y _ => s'_s'' y))
      as (y & change & _).
    replace (s' x) with (s'' y * (x - phi_0)) by lra.
    rewrite Rabs_mult.
    apply Rmult_le_compat_r; [apply Rabs_pos | apply s''_le]. }
set (h := fun x => s x + c / 2 * ((x - phi_0) * (x - phi_0))).
assert (h_h' : forall x, derivable_pt_lim h x (s' x + c * (x - phi_0))).
{ intros x; unfold h.
  replace (s' x + c * (x - phi_0))
    with (s' x + c / 2 * ((1 - 0) * (x - phi_0) + (x - phi_0) * (1 - 0)))
    by field.
  assert (linear : derivable_pt_lim (fun y => y - phi_0) x (1 - 0)).
  { exact (derivable_pt_lim_minus id (fun _ => phi_0) x 1 0
      (derivable_pt_lim_id x) (derivable_pt_lim_const phi_0 x)). }
  exact (derivable_pt_lim_plus s _ x _ _ (s_s' x)
    (derivable_pt_lim_scal _ (c / 2) x _
      (derivable_pt_lim_mult _ _ x _ _ linear linear))). }
assert (goal : h phi_0 <= h phi).
{ destruct (Rtotal_order phi phi_0) as [lt | [eq | gt]].
  - destruct (MVT_cor2 h _ phi phi_0 lt (fun y _ => h_h' y))
      as (y & change & y_in).
    assert (steep := slope y); rewrite (Rabs_left (y - phi_0)) in steep by lra.
    assert (below := Rle_abs (s' y)).
    assert (falls : 0 <= (- (s' y + c * (y - phi_0))) * (phi_0 - phi))
      by (apply Rmult_le_pos; lra).
    lra.
  - subst phi; lra.
  - destruct (MVT_cor2 h _ phi_0 phi gt (fun y _ => h_h' y))
      as (y & change & y_in).
    assert (steep := slope y).
    rewrite (Rabs_pos_eq (y - phi_0)) in steep by lra.
    assert (above := Rle_abs (- s' y)); rewrite Rabs_Ropp in above.
    assert (rises : 0 <= (s' y + c * (y - phi_0)) * (phi - phi_0))
      by (apply Rmult_le_pos; lra).
    lra. }
unfold h, c in goal; rewrite Rminus_eq_0, !Rmult_0_r, Rplus_0_r in goal.
fold m in goal; unfold Rdiv in *; lra.
Qed.

Theorem near_maximum T a b phi_0 :
  let s := trigonometric T a b in
  (forall phi, Rabs (s phi) <= Rabs (s phi_0)) ->
  forall phi,
    Rabs (s phi_0)
      * (1 - INR T * INR T * ((phi - phi_0) * (phi - phi_0)) / 2)
    <= Rabs (s phi).
Proof.
intros s largest phi; destruct (Rle_dec 0 (s phi_0)) as [ge0 | lt0].
- rewrite (Rabs_pos_eq (s phi_0)) in * by exact ge0.
  apply Rle_trans with (s phi); [| apply Rle_abs].
  apply near_maximum_signed; exact largest.
- assert (negated : forall x,
    trigonometric T (fun j => - a j) (fun j => - b j) x = - s x).
  { intros x; unfold s, trigonometric; rewrite <- sum_opp.
    apply sum_ext; intros; ring. }
  assert (signed := near_maximum_signed T
    (fun j => - a j) (fun j => - b j) phi_0).
  cbv zeta in signed; rewrite !negated in signed.
  rewrite (Rabs_left (s phi_0)) in * by lra.
  apply Rle_trans with (- s phi); [| rewrite <- Rabs_Ropp; apply Rle_abs].
  rewrite <- (negated phi); apply signed; intros x.
  rewrite negated, Rabs_Ropp; apply largest.
Qed.
