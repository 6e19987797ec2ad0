(** The largest modulus of p_T(x) = prod_{t<T} (1 - eta_t x) on [mu, L] from its
    values at 2N+2 points: the rule contraction-schedule of
    certificates/FORMAT.md, 4.4.

    With x = (mu + L)/2 + (L - mu)/2 cos(phi), p_T is a cosine polynomial of
    degree at most T in phi, and the angles 2 arctan(j/N), j = 0 .. N, and their
    supplements leave no angle of [0, pi] further than 1/N away. By
    [near_maximum] some value there is not much smaller than the largest.

    Exports
    - [cosine_polynomial], [cosine_polynomial_product]
    - [grid_angle_near]: an angle of the grid within 1/N
    - [grid_point], [cos_grid_angle]: its cosine (N^2 - j^2)/(N^2 + j^2)
    - [cosine_grid]: the bound for cosine polynomials
    - [step_polynomial_grid]: the bound for p_T on [mu, L]
    - [contraction_schedule_grid]: |p_T(G) v| <= f |v| on the row space *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Model Spectral Descent Bernstein.

Local Open Scope R_scope.

(** * Cosine polynomials *)

Definition cosine_polynomial (T : nat) (s : R -> R) : Prop :=
  exists a, forall phi, s phi = sum (S T) (fun j => a j * cos (INR j * phi)).

Lemma cosine_polynomial_trigonometric T s :
  cosine_polynomial T s ->
  exists a, forall phi, s phi = trigonometric T a (fun _ => 0) phi.
Proof.
intros (a & s_eq); exists a; intros phi; rewrite s_eq.
apply sum_ext; intros; ring.
Qed.

Lemma cosine_polynomial_ext T r s :
  (forall phi, r phi = s phi) -> cosine_polynomial T r ->
  cosine_polynomial T s.
Proof.
intros rs_eq (a & r_eq); exists a; intros phi; rewrite <- rs_eq; apply r_eq.
Qed.

Lemma cosine_polynomial_combination T r s x y :
  cosine_polynomial T r -> cosine_polynomial T s ->
  cosine_polynomial T (fun phi => x * r phi + y * s phi).
Proof.
intros (a & r_eq) (b & s_eq); exists (fun j => x * a j + y * b j); intros phi.
rewrite r_eq, s_eq, <- !sum_scale, <- sum_add; apply sum_ext; intros; ring.
Qed.

Lemma cosine_polynomial_cos T k :
  (k <= T)%nat -> cosine_polynomial T (fun phi => cos (INR k * phi)).
Proof.
intros k_le; exists (fun j => if (j =? k)%nat then 1 else 0); intros phi.
rewrite (sum_pick (S T) k); [rewrite Nat.eqb_refl; ring | lia |].
intros j _ j_ne; rewrite (proj2 (Nat.eqb_neq j k) j_ne); ring.
Qed.

Lemma cosine_polynomial_sum T n (f : nat -> R -> R) :
  (forall j, (j < n)%nat -> cosine_polynomial T (f j)) ->
  cosine_polynomial T (fun phi => sum n (fun j => f j phi)).
Proof.
induction n as [| n IHn]; intros terms.
- exists (fun _ => 0); intros phi; simpl (sum 0 _); symmetry.
  apply sum_zero; intros; ring.
- apply cosine_polynomial_ext with
    (fun phi => 1 * sum n (fun j => f j phi) + 1 * f n phi).
  + intros phi; simpl; ring.
  + apply cosine_polynomial_combination; [apply IHn; intros |];
      apply terms; lia.
Qed.

(** cos(phi) cos(j phi) = (cos((j+1) phi) + cos((j-1) phi))/2 *)
Lemma cosine_polynomial_times_cos T s :
  cosine_polynomial T s ->
  cosine_polynomial (S T) (fun phi => cos phi * s phi).
Proof.
intros (a & s_eq).
apply cosine_polynomial_ext with
  (fun phi => sum (S T) (fun j => a j * (cos phi * cos (INR j * phi)))).
{ intros phi; rewrite s_eq, <- sum_scale; apply sum_ext; intros; ring. }
apply cosine_polynomial_sum; intros j j_lt.
destruct j as [| j].
- apply cosine_polynomial_ext with
    (fun phi => a 0%nat * cos (INR 1 * phi) + 0 * cos (INR 1 * phi)).
  + intros phi; simpl INR; rewrite (Rmult_0_l phi), cos_0, Rmult_1_l; ring.
  + apply cosine_polynomial_combination; apply cosine_polynomial_cos; lia.
- apply cosine_polynomial_ext with
    (fun phi => a (S j) / 2 * cos (INR (S (S j)) * phi)
                + a (S j) / 2 * cos (INR j * phi)).
  + intros phi; rewrite (S_INR (S j)).
    replace (INR j * phi) with (INR (S j) * phi - phi)
      by (rewrite S_INR; ring).
    rewrite Rmult_plus_distr_r, Rmult_1_l, cos_plus, cos_minus; field.
  + apply cosine_polynomial_combination; apply cosine_polynomial_cos; lia.
Qed.

Lemma cosine_polynomial_longer T s :
  cosine_polynomial T s -> cosine_polynomial (S T) s.
Proof.
intros (a & s_eq).
exists (fun j => if (j <=? T)%nat then a j else 0); intros phi.
rewrite sum_S, (proj2 (Nat.leb_gt (S T) T)) by lia.
rewrite s_eq, Rmult_0_l, Rplus_0_r; apply sum_ext; intros j j_lt.
rewrite (proj2 (Nat.leb_le j T)) by lia; reflexivity.
Qed.

Lemma cosine_polynomial_product T (u v : nat -> R) :
  cosine_polynomial T (fun phi => prod T (fun t => u t + v t * cos phi)).
Proof.
induction T as [| T IHT].
- apply cosine_polynomial_ext with (fun phi => cos (INR 0 * phi)).
  + intros phi; simpl; rewrite Rmult_0_l; apply cos_0.
  + apply cosine_polynomial_cos; lia.
- set (s := fun phi => prod T (fun t => u t + v t * cos phi)) in *.
  apply cosine_polynomial_ext with
    (fun phi => u T * s phi + v T * (cos phi * s phi)).
  + intros phi; unfold s; simpl; ring.
  + apply cosine_polynomial_combination.
    * apply cosine_polynomial_longer, IHT.
    * apply cosine_polynomial_times_cos, IHT.
Qed.

(** The cosine decides the value. *)
Lemma cos_multiple j x y :
  cos x = cos y -> cos (INR j * x) = cos (INR j * y).
Proof.
intros cos_eq.
assert (both : cos (INR j * x) = cos (INR j * y)
               /\ cos (INR (S j) * x) = cos (INR (S j) * y)).
{ induction j as [| j (IHj & IHSj)].
  - simpl; rewrite !Rmult_0_l, !Rmult_1_l; split; [reflexivity | exact cos_eq].
  - split; [exact IHSj |].
    assert (step : forall z, cos (INR (S (S j)) * z)
                   = 2 * cos z * cos (INR (S j) * z) - cos (INR j * z)).
    { intros z; rewrite (S_INR (S j)).
      replace (INR j * z) with (INR (S j) * z - z) by (rewrite S_INR; ring).
      rewrite Rmult_plus_distr_r, Rmult_1_l, cos_plus, cos_minus; ring. }
    rewrite !step, IHj, IHSj, cos_eq; reflexivity. }
exact (proj1 both).
Qed.

Lemma cosine_polynomial_of_cos T s x y :
  cosine_polynomial T s -> cos x = cos y -> s x = s y.
Proof.
intros (a & s_eq) cos_eq; rewrite !s_eq; apply sum_ext; intros j _.
rewrite (cos_multiple j x y cos_eq); reflexivity.
Qed.

Lemma cosine_polynomial_maximum T s :
  cosine_polynomial T s ->
  exists phi_0, 0 <= phi_0 <= PI
    /\ forall phi, Rabs (s phi) <= Rabs (s phi_0).
Proof.
intros s_cosine.
destruct (cosine_polynomial_trigonometric T s s_cosine) as (a & s_eq).
set (r := trigonometric T a (fun _ => 0)) in *.
assert (continuous : forall phi, continuity_pt (fun x => Rabs (r x)) phi).
{ intros phi; apply (continuity_pt_comp r Rabs).
  - apply derivable_continuous_pt.
    exact (exist _ _ (derivative_trigonometric T a (fun _ => 0) phi)).
  - apply Rcontinuity_abs. }
destruct (continuity_ab_maj (fun x => Rabs (r x)) 0 PI)
  as (phi_0 & most & range).
- left; exact PI_RGT_0.
- intros phi _; apply continuous.
- exists phi_0; split; [exact range |]; intros phi.
  rewrite (cosine_polynomial_of_cos T s phi (acos (cos phi)) s_cosine)
    by (symmetry; apply cos_acos, COS_bound).
  rewrite !s_eq; apply most, acos_bound.
Qed.

(** * The grid *)

Lemma atan_difference x y : Rabs (atan x - atan y) <= Rabs (x - y).
Proof.
assert (ordered : forall u v, u < v -> Rabs (atan v - atan u) <= Rabs (v - u)).
{ intros u v uv_lt.
  destruct (MVT_cor2 atan (fun z => / (1 + z ^ 2)) u v uv_lt
    (fun z _ => derivable_pt_lim_atan z)) as (z & change & _).
  rewrite change, Rabs_mult.
  assert (square_ge0 := pow2_ge_0 z).
  assert (inverse_pos : 0 < / (1 + z ^ 2)) by (apply Rinv_0_lt_compat; lra).
  assert (inverse_le : / (1 + z ^ 2) <= 1).
  { rewrite <- Rinv_1 at 2; apply Rinv_le_contravar; lra. }
  rewrite (Rabs_pos_eq (/ _)) by lra.
  assert (difference_ge0 := Rabs_pos (v - u)).
  apply Rle_trans with (1 * Rabs (v - u)); [| lra].
  apply Rmult_le_compat_r; assumption. }
destruct (Rtotal_order x y) as [lt | [eq | gt]].
- rewrite (Rabs_minus_sym (atan x)), (Rabs_minus_sym x); apply ordered, lt.
- subst y; rewrite !Rminus_eq_0, Rabs_R0; lra.
- apply ordered, gt.
Qed.

Lemma cos_twice_atan u : cos (2 * atan u) = (1 - u * u) / (1 + u * u).
Proof.
assert (square_ge0 := Rle_0_sqr u).
rewrite cos_2a_cos, cos_atan.
assert (root : sqrt (1 + Rsqr u) * sqrt (1 + Rsqr u) = 1 + Rsqr u)
  by (apply sqrt_sqrt; lra).
assert (root_ne0 : sqrt (1 + Rsqr u) <> 0)
  by (apply Rgt_not_eq, sqrt_lt_R0; lra).
transitivity (2 / (sqrt (1 + Rsqr u) * sqrt (1 + Rsqr u)) - 1).
- field; exact root_ne0.
- rewrite root; unfold Rsqr in *; field; lra.
Qed.

(** Some integer is within 1/2. *)
Lemma nearest N y :
  0 <= y <= INR N -> exists j, (j <= N)%nat /\ Rabs (y - INR j) <= 1 / 2.
Proof.
induction N as [| N IHN]; intros y_in.
- exists 0%nat; split; [lia |]; simpl in *.
  replace (y - 0) with 0 by lra; rewrite Rabs_R0; lra.
- destruct (Rle_dec y (INR N)) as [le | gt].
  + destruct IHN as (j & j_le & near); [lra |].
    exists j; split; [lia | exact near].
  + rewrite S_INR in y_in.
    destruct (Rle_dec y (INR N + 1 / 2)) as [low | high].
    * exists N; split; [lia |]; apply Rabs_le; lra.
    * exists (S N); split; [lia |]; rewrite S_INR; apply Rabs_le; lra.
Qed.

Section Grid.

Variable N : nat.
Hypothesis N_gt0 : (0 < N)%nat.

(** 2 arctan(j/N) *)
Definition grid_angle (j : nat) : R := 2 * atan (INR j / INR N).

(** (N^2 - j^2)/(N^2 + j^2) *)
Definition grid_point (j : nat) : R :=
  (INR N * INR N - INR j * INR j) / (INR N * INR N + INR j * INR j).

Lemma count_gt0 : 0 < INR N.
Proof. apply lt_0_INR, N_gt0. Qed.

Lemma cos_grid_angle j : cos (grid_angle j) = grid_point j.
Proof.
assert (N_pos := count_gt0); assert (j_ge0 := pos_INR j).
assert (square_ge0 := Rmult_le_pos _ _ j_ge0 j_ge0).
assert (square_pos := Rmult_lt_0_compat _ _ N_pos N_pos).
unfold grid_angle, grid_point; rewrite cos_twice_atan; field.
repeat split; try lra.
Qed.

Lemma grid_angle_near_half phi :
  0 <= phi <= PI / 2 ->
  exists j, (j <= N)%nat /\ Rabs (phi - grid_angle j) <= 1 / INR N.
Proof.
intros phi_in; assert (N_pos := count_gt0); assert (pi_pos := PI_RGT_0).
set (u := tan (phi / 2)).
assert (angle_eq : atan u = phi / 2) by (apply atan_tan; lra).
assert (u_ge0 : 0 <= u).
{ destruct (Rle_or_lt 0 u) as [ge0 | lt0]; [exact ge0 |].
  apply atan_increasing in lt0; rewrite atan_0 in lt0; lra. }
assert (u_le1 : u <= 1).
{ destruct (Rle_or_lt u 1) as [le1 | gt1]; [exact le1 |].
  apply atan_increasing in gt1; rewrite atan_1 in gt1; lra. }
destruct (nearest N (u * INR N)) as (j & j_le & near).
{ split; [apply Rmult_le_pos; lra |].
  rewrite <- (Rmult_1_l (INR N)) at 2; apply Rmult_le_compat_r; lra. }
exists j; split; [exact j_le |]; unfold grid_angle.
replace (phi - 2 * atan (INR j / INR N))
  with (2 * (atan u - atan (INR j / INR N))) by (rewrite angle_eq; field).
rewrite Rabs_mult, (Rabs_pos_eq 2) by lra.
apply Rle_trans with (2 * Rabs (u - INR j / INR N)).
- apply Rmult_le_compat_l; [lra | apply atan_difference].
- replace (u - INR j / INR N) with (/ INR N * (u * INR N - INR j))
    by (field; lra).
  assert (inverse_pos : 0 < / INR N) by (apply Rinv_0_lt_compat, N_pos).
  rewrite Rabs_mult, (Rabs_pos_eq (/ INR N)) by lra.
  apply Rle_trans with (2 * (/ INR N * (1 / 2))); [| right; field; lra].
  apply Rmult_le_compat_l; [lra |]; apply Rmult_le_compat_l; lra.
Qed.

Lemma grid_angle_near phi :
  0 <= phi <= PI ->
  exists j psi, (j <= N)%nat /\ (psi = grid_angle j \/ psi = PI - grid_angle j)
    /\ Rabs (phi - psi) <= 1 / INR N.
Proof.
intros phi_in; destruct (Rle_dec phi (PI / 2)) as [low | high].
- destruct (grid_angle_near_half phi) as (j & j_le & near); [lra |].
  exists j, (grid_angle j); split; [exact j_le | split; [left | exact near]].
  reflexivity.
- destruct (grid_angle_near_half (PI - phi)) as (j & j_le & near); [lra |].
  exists j, (PI - grid_angle j); split; [exact j_le |]; split.
  + right; reflexivity.
  + rewrite <- Rabs_Ropp.
    replace (- (phi - (PI - grid_angle j))) with (PI - phi - grid_angle j)
      by ring.
    exact near.
Qed.

(** 1 - T^2/(2 N^2) *)
Definition slack (T : nat) : R :=
  1 - INR T * INR T / (2 * (INR N * INR N)).

Lemma slack_gt0 T : (T < N)%nat -> 0 < slack T.
Proof.
intros T_lt; assert (N_pos := count_gt0); assert (T_ge0 := pos_INR T).
apply lt_INR in T_lt.
assert (squares : INR T * INR T <= INR N * INR N)
  by (apply Rmult_le_compat; lra).
assert (square_pos := Rmult_lt_0_compat _ _ N_pos N_pos).
assert (quotient : INR T * INR T / (2 * (INR N * INR N)) <= 1 / 2).
{ apply (Rmult_le_reg_r (2 * (INR N * INR N))); [lra |].
  unfold Rdiv at 1; rewrite Rmult_assoc, Rinv_l; lra. }
unfold slack; lra.
Qed.

(** |s| <= c at the angles of the grid *)
Theorem cosine_grid T s c :
  (T < N)%nat -> cosine_polynomial T s ->
  (forall j, (j <= N)%nat ->
     Rabs (s (grid_angle j)) <= c /\ Rabs (s (PI - grid_angle j)) <= c) ->
  forall phi, Rabs (s phi) <= c / slack T.
Proof.
intros T_lt s_cosine on_grid phi; assert (N_pos := count_gt0).
assert (slack_pos := slack_gt0 T T_lt).
destruct (cosine_polynomial_maximum T s s_cosine) as (phi_0 & range & most).
apply Rle_trans with (1 := most phi).
destruct (grid_angle_near phi_0 range) as (j & psi & j_le & psi_eq & near).
assert (psi_le : Rabs (s psi) <= c)
  by (destruct psi_eq as [eq | eq]; rewrite eq; apply on_grid, j_le).
destruct (cosine_polynomial_trigonometric T s s_cosine) as (a & s_eq).
assert (lower := near_maximum T a (fun _ => 0) phi_0); cbv zeta in lower.
rewrite <- s_eq in lower.
assert (below := lower ltac:(intros x; rewrite <- s_eq; apply most) psi).
rewrite <- s_eq in below.
apply (Rmult_le_reg_r (slack T)); [exact slack_pos |].
unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
apply Rle_trans with (2 := psi_le); apply Rle_trans with (2 := below).
apply Rmult_le_compat_l; [apply Rabs_pos |].
assert (distance : (psi - phi_0) * (psi - phi_0) <= / (INR N * INR N)).
{ assert (abs_ge0 := Rabs_pos (phi_0 - psi)).
  assert (product := Rmult_le_compat _ _ _ _ abs_ge0 abs_ge0 near near).
  assert (square := Rsqr_abs (phi_0 - psi)); unfold Rsqr in square.
  rewrite <- square in product; rewrite Rinv_mult.
  unfold Rdiv in product; lra. }
assert (square_ge0 : 0 <= INR T * INR T) by apply Rle_0_sqr.
assert (scaled := Rmult_le_compat_l _ _ _ square_ge0 distance).
unfold slack, Rdiv.
replace (/ (2 * (INR N * INR N))) with (/ (INR N * INR N) * / 2)
  by (field; lra).
lra.
Qed.

(** x of [mu, L] for y of [-1, 1] *)
Definition interval_point (mu L y : R) : R :=
  (mu + L) / 2 + (L - mu) / 2 * y.

(** |p_T| <= c at the 2N+2 points of the grid *)
Definition grid_bound (eta : nat -> R) (T : nat) (mu L c : R) : Prop :=
  forall j, (j <= N)%nat ->
    Rabs (step_polynomial eta T (interval_point mu L (grid_point j))) <= c /\
    Rabs (step_polynomial eta T (interval_point mu L (- grid_point j))) <= c.

Theorem step_polynomial_grid eta T mu L c :
  (T < N)%nat -> grid_bound eta T mu L c ->
  forall x, mu <= x <= L -> Rabs (step_polynomial eta T x) <= c / slack T.
Proof.
intros T_lt on_grid x x_in.
set (s := fun phi => step_polynomial eta T (interval_point mu L (cos phi))).
assert (s_cosine : cosine_polynomial T s).
{ apply cosine_polynomial_ext with
    (fun phi => prod T (fun t =>
       1 - eta t * ((mu + L) / 2) + - (eta t * ((L - mu) / 2)) * cos phi)).
  - intros phi; unfold s, step_polynomial, interval_point.
    clear; induction T as [| T IHT]; simpl; [reflexivity |].
    rewrite IHT; ring.
  - apply (cosine_polynomial_product T
      (fun t => 1 - eta t * ((mu + L) / 2))
      (fun t => - (eta t * ((L - mu) / 2)))). }
assert (everywhere := cosine_grid T s c T_lt s_cosine).
assert (angle : exists phi, interval_point mu L (cos phi) = x).
{ destruct (Req_dec mu L) as [point | interval].
  - exists 0; unfold interval_point; subst L; rewrite Rminus_eq_0; lra.
  - set (y := (x - (mu + L) / 2) / ((L - mu) / 2)).
    assert (x_eq : interval_point mu L y = x)
      by (unfold interval_point, y; field; lra).
    exists (acos y); rewrite cos_acos; [exact x_eq |].
    unfold interval_point in x_eq; split.
    + apply (Rmult_le_reg_l ((L - mu) / 2)); lra.
    + apply (Rmult_le_reg_l ((L - mu) / 2)); lra. }
destruct angle as (phi & phi_eq); rewrite <- phi_eq.
apply (everywhere ltac:(
  intros j j_le; unfold s; rewrite Rtrigo_facts.cos_pi_minus, cos_grid_angle;
  apply on_grid, j_le) phi).
Qed.

End Grid.

(** f = c / (1 - T^2/(2 N^2)), any steps *)
Theorem contraction_schedule_grid n d eta X T mu L N c :
  smooth n d X L -> strongly_convex_on_rows n d X mu ->
  (T < N)%nat -> grid_bound N eta T mu L c ->
  contraction n d eta X T (c / slack N T).
Proof.
intros G_le G_ge T_lt on_grid v v_row.
apply (functional_calculus n d eta X T mu L); try assumption.
apply step_polynomial_grid; [lia | assumption | assumption].
Qed.
