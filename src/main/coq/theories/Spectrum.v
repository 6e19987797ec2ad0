(** The extreme eigenvalues of G = X'X on the row space and the condition
    number (CHEN2024, Definition 3.11, Lemmas 5.3 to 5.5; FORMAT.md 4.3), and
    schedules that do not contract (FORMAT.md 4.4).

    Exports
    - [lambda_max_exists], [lambda_max_unique], [lambda_max_eigenvector],
      [lambda_min_exists], [lambda_min_unique], [lambda_min_eigenvector],
      [lambda_min_gt0]
    - [lambda_max_at_most], [lambda_max_at_least],
      [smallest_positive_at_least], [smallest_positive_at_most]
    - [condition_number_exists], [condition_number_unique],
      [condition_number_between] (rule `spectrum`)
    - [step_minimum], [non_contraction_schedule],
      [non_contraction_constant], [descent_not_contracting] *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Model Definite Spectral RowSpace.

Local Open Scope R_scope.

(** * Eigenvalues *)

Lemma maximal_index k (f : vec) :
  (0 < k)%nat ->
  exists p, (p < k)%nat /\ forall i, (i < k)%nat -> f i <= f p.
Proof.
induction k as [| k IHk]; [lia |]; intros _.
destruct (Nat.eq_dec k 0) as [k_eq | k_ne].
- subst k; exists O; split; [lia |].
  intros i i_lt; replace i with O by lia; lra.
- destruct IHk as [p [p_lt f_le]]; [lia |].
  destruct (Rle_dec (f k) (f p)) as [last_le | last_gt].
  + exists p; split; [lia |]; intros i i_lt.
    destruct (Nat.eq_dec i k) as [i_eq | i_ne];
      [subst i; exact last_le | apply f_le; lia].
  + exists k; split; [lia |]; intros i i_lt.
    destruct (Nat.eq_dec i k) as [i_eq | i_ne]; [subst i; lra |].
    apply Rle_trans with (f p); [apply f_le; lia | lra].
Qed.

Section Eigenvalues.

Variables (n d : nat) (X : mat) (k : nat) (lam : vec) (e : nat -> vec).
Hypothesis basis : eigenbasis d (gram n X) k lam e.

Lemma basis_smooth L :
  0 <= L -> (forall i, (i < k)%nat -> lam i <= L) -> smooth n d X L.
Proof.
intros L_ge0 lam_le v; rewrite (basis_energy n d X k lam e basis).
apply Rle_trans with (sum k (fun i => L * (dot d (e i) v * dot d (e i) v))).
- apply sum_le; intros i i_lt; apply Rmult_le_compat_r;
    [apply Rle_0_sqr | apply lam_le, i_lt].
- rewrite sum_scale; apply Rmult_le_compat_l; [exact L_ge0 |].
  apply bessel, (basis_on n d X k lam e basis).
Qed.

Lemma basis_row_convex mu :
  (forall i, (i < k)%nat -> mu <= lam i) -> strongly_convex_on_rows n d X mu.
Proof.
intros lam_ge v v_row; rewrite (basis_energy n d X k lam e basis).
rewrite (row_space_square n d X k lam e basis v v_row), <- sum_scale.
apply sum_le; intros i i_lt; apply Rmult_le_compat_r;
  [apply Rle_0_sqr | apply lam_ge, i_lt].
Qed.

Lemma basis_rayleigh i : (i < k)%nat -> energy n d X (e i) = lam i.
Proof.
intros i_lt; rewrite <- form_gram_energy; unfold form.
rewrite (dot_ext d (e i) (e i) _ _ (fun j _ => eq_refl)
           (basis_eigen n d X k lam e basis i i_lt)).
rewrite dot_scale_r, (basis_square n d X k lam e basis i i_lt); ring.
Qed.

Lemma basis_lambda_max p :
  (p < k)%nat -> (forall i, (i < k)%nat -> lam i <= lam p) ->
  lambda_max n d X (lam p).
Proof.
intros p_lt lam_le; split.
- apply basis_smooth; [| exact lam_le].
  left; apply (basis_gt0 n d X k lam e basis), p_lt.
- intros L X_smooth; specialize (X_smooth (e p)).
  rewrite (basis_rayleigh p p_lt) in X_smooth.
  rewrite (basis_square n d X k lam e basis p p_lt) in X_smooth; lra.
Qed.

Lemma basis_lambda_min p :
  (p < k)%nat -> (forall i, (i < k)%nat -> lam p <= lam i) ->
  lambda_min n d X (lam p).
Proof.
intros p_lt lam_ge; split; [apply basis_row_convex, lam_ge |].
intros mu X_convex.
specialize (X_convex (e p) (basis_row n d X k lam e basis p p_lt)).
rewrite (basis_rayleigh p p_lt) in X_convex.
rewrite (basis_square n d X k lam e basis p p_lt) in X_convex; lra.
Qed.

(** G = 0 *)
Lemma basis_empty v : k = O -> energy n d X v = 0.
Proof.
intros k_eq; rewrite (basis_energy n d X k lam e basis), k_eq; reflexivity.
Qed.

End Eigenvalues.

Theorem lambda_max_unique n d X l m :
  lambda_max n d X l -> lambda_max n d X m -> l = m.
Proof.
intros [l_smooth l_least] [m_smooth m_least].
apply Rle_antisym; [apply l_least, m_smooth | apply m_least, l_smooth].
Qed.

Theorem lambda_min_unique n d X l m :
  lambda_min n d X l -> lambda_min n d X m -> l = m.
Proof.
intros [l_convex l_most] [m_convex m_most].
apply Rle_antisym; [apply m_most, l_convex | apply l_most, m_convex].
Qed.

Theorem lambda_max_exists n d X : (0 < d)%nat -> exists l, lambda_max n d X l.
Proof.
intros d_gt0; destruct (gram_eigenbasis n d X) as [k [lam [e basis]]].
destruct (Nat.eq_dec k 0) as [k_eq | k_ne].
- exists 0; split.
  + intros v; rewrite (basis_empty n d X k lam e basis v k_eq); lra.
  + intros L X_smooth; specialize (X_smooth (fun _ => 1)).
    rewrite (basis_empty n d X k lam e basis _ k_eq) in X_smooth.
    assert (ones_gt0 : 0 < dot d (fun _ => 1) (fun _ => 1)).
    { apply nonzero_square; intros zero; specialize (zero O d_gt0).
      unfold vzero in zero; lra. }
    apply (Rmult_le_reg_r (dot d (fun _ => 1) (fun _ => 1))); lra.
- destruct (maximal_index k lam) as [p [p_lt lam_le]]; [lia |].
  exists (lam p); apply (basis_lambda_max n d X k lam e basis); trivial.
Qed.

(** A positive lambda_max is an eigenvalue of G. *)
Theorem lambda_max_eigenvector n d X l :
  lambda_max n d X l -> 0 < l ->
  exists v, in_row_space n d X v /\ dot d v v = 1 /\
    veq d (mulmv d (gram n X) v) (vscale l v).
Proof.
intros l_max l_gt0.
destruct (gram_eigenbasis n d X) as [k [lam [e basis]]].
destruct (Nat.eq_dec k 0) as [k_eq | k_ne].
- assert (l_le : l <= 0); [| lra].
  apply (proj2 l_max); intros v.
  rewrite (basis_empty n d X k lam e basis v k_eq); lra.
- destruct (maximal_index k lam) as [p [p_lt lam_le]]; [lia |].
  replace l with (lam p).
  + exists (e p); split; [apply (basis_row n d X k lam e basis), p_lt |].
    split; [apply (basis_square n d X k lam e basis), p_lt |].
    apply (basis_eigen n d X k lam e basis), p_lt.
  + apply (lambda_max_unique n d X); [| exact l_max].
    apply (basis_lambda_max n d X k lam e basis); trivial.
Qed.

(** lambda_min exists where X is not 0. *)
Theorem lambda_min_exists n d X :
  ~ (forall v, veq n (mulmv d X v) vzero) -> exists l, lambda_min n d X l.
Proof.
intros X_ne0; destruct (gram_eigenbasis n d X) as [k [lam [e basis]]].
destruct (Nat.eq_dec k 0) as [k_eq | k_ne].
- exfalso; apply X_ne0; intros v; apply dot_eq0.
  apply (basis_empty n d X k lam e basis v k_eq).
- destruct (maximal_index k (fun i => - lam i)) as [p [p_lt lam_ge]]; [lia |].
  exists (lam p); apply (basis_lambda_min n d X k lam e basis);
    [exact p_lt |].
  intros i i_lt; specialize (lam_ge i i_lt); lra.
Qed.

(** lambda_min is an eigenvalue of G, with eigenvector in the row space. *)
Theorem lambda_min_eigenvector n d X l :
  lambda_min n d X l ->
  0 < l /\
  exists v, in_row_space n d X v /\ dot d v v = 1 /\
    veq d (mulmv d (gram n X) v) (vscale l v).
Proof.
intros l_min; destruct (gram_eigenbasis n d X) as [k [lam [e basis]]].
destruct (Nat.eq_dec k 0) as [k_eq | k_ne].
- assert (l_ge : l + 1 <= l); [| lra].
  apply (proj2 l_min), (basis_row_convex n d X k lam e basis).
  intros i i_lt; lia.
- destruct (maximal_index k (fun i => - lam i)) as [p [p_lt lam_ge]]; [lia |].
  replace l with (lam p).
  + split; [apply (basis_gt0 n d X k lam e basis), p_lt |].
    exists (e p); split; [apply (basis_row n d X k lam e basis), p_lt |].
    split; [apply (basis_square n d X k lam e basis), p_lt |].
    apply (basis_eigen n d X k lam e basis), p_lt.
  + apply (lambda_min_unique n d X); [| exact l_min].
    apply (basis_lambda_min n d X k lam e basis); [exact p_lt |].
    intros i i_lt; specialize (lam_ge i i_lt); lra.
Qed.

Theorem lambda_min_gt0 n d X l : lambda_min n d X l -> 0 < l.
Proof. intros l_min; apply (lambda_min_eigenvector n d X l l_min). Qed.

(** * Bounds *)

Theorem lambda_max_at_most n d X L l :
  smooth n d X L -> lambda_max n d X l -> l <= L.
Proof. intros X_smooth l_max; apply l_max, X_smooth. Qed.

Theorem lambda_max_at_least n d X c v l :
  ~ veq d v vzero -> c * dot d v v <= energy n d X v ->
  lambda_max n d X l -> c <= l.
Proof.
intros v_ne0 rayleigh_ge [l_smooth _].
assert (v_gt0 := nonzero_square d v v_ne0).
specialize (l_smooth v); apply (Rmult_le_reg_r (dot d v v)); lra.
Qed.

Theorem smallest_positive_at_least n d X mu l :
  strongly_convex_on_rows n d X mu -> lambda_min n d X l -> mu <= l.
Proof. intros X_convex l_min; apply l_min, X_convex. Qed.

(** The vector v = G w of the certificate lies in the row space. *)
Theorem smallest_positive_at_most n d X c v w l :
  veq d v (mulmv d (gram n X) w) -> ~ veq d v vzero ->
  energy n d X v <= c * dot d v v ->
  lambda_min n d X l -> l <= c.
Proof.
intros v_eq v_ne0 rayleigh_le [l_convex _].
assert (v_gt0 := nonzero_square d v v_ne0).
assert (v_row : in_row_space n d X v).
{ intros u u_null; rewrite (dot_ext d u u v _ (fun j _ => eq_refl) v_eq).
  apply gram_in_row_space, u_null. }
specialize (l_convex v v_row); apply (Rmult_le_reg_r (dot d v v)); lra.
Qed.

(** lambda_min <= lambda_max *)
Lemma lambda_min_le_max n d X lmin lmax :
  lambda_min n d X lmin -> lambda_max n d X lmax -> lmin <= lmax.
Proof.
intros l_min [l_smooth _].
destruct (lambda_min_eigenvector n d X lmin l_min)
  as [_ [v [v_row [v_unit _]]]].
assert (lower := proj1 l_min v v_row); specialize (l_smooth v).
rewrite v_unit in lower, l_smooth; lra.
Qed.

Theorem condition_number_unique n d X kappa kappa' :
  condition_number n d X kappa -> condition_number n d X kappa' ->
  kappa = kappa'.
Proof.
intros [lmax [lmin [l_max [l_min [_ kappa_eq]]]]].
intros [lmax' [lmin' [l_max' [l_min' [_ kappa'_eq]]]]].
rewrite kappa_eq, kappa'_eq, (lambda_max_unique n d X lmax lmax') by trivial.
rewrite (lambda_min_unique n d X lmin lmin') by trivial; reflexivity.
Qed.

(** kappa exists where X is not 0. *)
Theorem condition_number_exists n d X :
  ~ (forall v, veq n (mulmv d X v) vzero) ->
  exists kappa, condition_number n d X kappa.
Proof.
intros X_ne0; destruct (lambda_min_exists n d X X_ne0) as [lmin l_min].
destruct (lambda_max_exists n d X) as [lmax l_max].
{ destruct d as [| d']; [| lia]; exfalso; apply X_ne0; intros v i _.
  reflexivity. }
exists (lmax / lmin), lmax, lmin; split; [exact l_max |].
split; [exact l_min |]; split; [| reflexivity].
apply (lambda_min_gt0 n d X lmin l_min).
Qed.

(** Rank at least 1 is as good a reason. *)
Theorem rank_condition_number n d X r :
  rank n d X r -> (0 < r)%nat -> exists kappa, condition_number n d X kappa.
Proof.
intros X_rank r_gt0; apply condition_number_exists; intros X_zero.
destruct (gram_eigenbasis n d X) as [k [lam [e basis]]].
assert (k_eq := rank_eigenbasis n d X r k lam e X_rank basis); subst k.
assert (square := basis_square n d X r lam e basis O r_gt0).
rewrite (basis_row n d X r lam e basis O r_gt0 (e O) (X_zero (e O))) in square.
lra.
Qed.

Theorem condition_number_ge1 n d X kappa :
  condition_number n d X kappa -> 1 <= kappa.
Proof.
intros [lmax [lmin [l_max [l_min [lmin_gt0 kappa_eq]]]]].
assert (min_le := lambda_min_le_max n d X lmin lmax l_min l_max).
rewrite kappa_eq; apply (Rmult_le_reg_r lmin); [exact lmin_gt0 |].
replace (lmax / lmin * lmin) with lmax by (field; lra); lra.
Qed.

(** Rule `spectrum`: kappa in [max(1, L'/mu'), L/mu] *)
Theorem condition_number_between n d X kappa mu mu' L' L :
  condition_number n d X kappa -> 0 < mu ->
  (forall l, lambda_min n d X l -> mu <= l <= mu') ->
  (forall l, lambda_max n d X l -> L' <= l <= L) ->
  Rmax 1 (L' / mu') <= kappa <= L / mu.
Proof.
intros kappa_cond mu_gt0 min_in max_in.
assert (kappa_ge1 := condition_number_ge1 n d X kappa kappa_cond).
destruct kappa_cond as [lmax [lmin [l_max [l_min [lmin_gt0 kappa_eq]]]]].
destruct (min_in lmin l_min) as [mu_le mu'_ge].
destruct (max_in lmax l_max) as [L'_le L_ge].
assert (product : kappa * lmin = lmax) by (rewrite kappa_eq; field; lra).
split.
- apply Rmax_lub; [exact kappa_ge1 |].
  apply (Rmult_le_reg_r mu'); [lra |].
  replace (L' / mu' * mu') with L' by (field; lra); nra.
- apply (Rmult_le_reg_r mu); [exact mu_gt0 |].
  replace (L / mu * mu) with L by (field; lra); nra.
Qed.

(** * No contraction *)

Lemma step_polynomial_abs eta T x :
  Rabs (step_polynomial eta T x) = prod T (fun t => Rabs (1 - eta t * x)).
Proof.
unfold step_polynomial; induction T as [| T IHT]; simpl.
- apply Rabs_R1.
- rewrite Rabs_mult, IHT; reflexivity.
Qed.

(** min over [a, b] of |1 - eta x|, but 0 where the sign may change *)
Definition step_min (a b eta : R) : R :=
  if Rle_dec ((1 - eta * a) * (1 - eta * b)) 0 then 0
  else Rmin (Rabs (1 - eta * a)) (Rabs (1 - eta * b)).

Lemma step_min_ge0 a b eta : 0 <= step_min a b eta.
Proof.
unfold step_min.
destruct (Rle_dec ((1 - eta * a) * (1 - eta * b)) 0); [lra |].
apply Rmin_glb; apply Rabs_pos.
Qed.

Lemma step_minimum a b eta x :
  a <= x <= b -> step_min a b eta <= Rabs (1 - eta * x).
Proof.
intros [a_le b_ge]; unfold step_min.
destruct (Rle_dec ((1 - eta * a) * (1 - eta * b)) 0) as [_ | same_sign];
  [apply Rabs_pos |].
apply Rnot_le_gt in same_sign.
assert (between : Rmin (1 - eta * a) (1 - eta * b) <= 1 - eta * x
                  <= Rmax (1 - eta * a) (1 - eta * b)).
{ assert (ends : (eta * a <= eta * x /\ eta * x <= eta * b) \/
                 (eta * b <= eta * x /\ eta * x <= eta * a)).
  { destruct (Rle_dec 0 eta); [left | right]; split; nra. }
  unfold Rmin, Rmax.
  destruct (Rle_dec (1 - eta * a) (1 - eta * b)); split; lra. }
destruct (Rlt_dec 0 (1 - eta * a)) as [a_gt0 | a_le0].
- assert (b_gt0 : 0 < 1 - eta * b) by nra.
  rewrite (Rabs_right (1 - eta * a)), (Rabs_right (1 - eta * b)) by lra.
  apply Rle_trans with (1 - eta * x); [apply between | apply Rle_abs].
- assert (a_lt0 : 1 - eta * a < 0).
  { destruct (Req_dec (1 - eta * a) 0) as [a_eq0 | a_ne0]; [| lra].
    rewrite a_eq0, Rmult_0_l in same_sign; lra. }
  assert (b_lt0 : 1 - eta * b < 0) by nra.
  rewrite (Rabs_left (1 - eta * a)), (Rabs_left (1 - eta * b)) by lra.
  apply Rle_trans with (- (1 - eta * x)).
  + unfold Rmax, Rmin in *.
    destruct (Rle_dec (1 - eta * a) (1 - eta * b));
      destruct (Rle_dec (- (1 - eta * a)) (- (1 - eta * b))); lra.
  + rewrite <- Rabs_Ropp; apply Rle_abs.
Qed.

(** An eigenvalue of G on the row space *)
Definition row_eigenvalue (n d : nat) (X : mat) (l : R) : Prop :=
  exists v, in_row_space n d X v /\ dot d v v = 1 /\
    veq d (mulmv d (gram n X) v) (vscale l v).

(** e(0) = v, an eigenvector: |e(t)| = |p_t(l)| |e(0)| for every t *)
Lemma eigenvector_norm n d eta X T l v :
  veq d (mulmv d (gram n X) v) (vscale l v) ->
  norm d (descent_operator n d eta X T v)
  = prod T (fun t => Rabs (1 - eta t * l)) * norm d v.
Proof.
intros v_eigen.
rewrite (norm_ext d _ _ (descent_operator_eigenvector n d eta X T l v v_eigen)).
rewrite norm_scale, step_polynomial_abs; reflexivity.
Qed.

(** lambda in [a, b] and prod min |1 - eta_t x| >= 1: for e(0) an eigenvector
    |e(T)| >= |e(0)|, so that no factor c < 1 bounds p_T(G). *)
Theorem non_contraction_schedule n d eta X T l a b :
  row_eigenvalue n d X l -> a <= l <= b ->
  1 <= prod T (fun t => step_min a b (eta t)) ->
  (exists v, in_row_space n d X v /\ norm d v = 1 /\
     norm d v <= norm d (descent_operator n d eta X T v)) /\
  ~ (exists c, c < 1 /\ forall v, in_row_space n d X v ->
       norm d (descent_operator n d eta X T v) <= c * norm d v).
Proof.
intros [v [v_row [v_unit v_eigen]]] l_in gain_ge1.
assert (norm_v : norm d v = 1).
{ unfold norm; rewrite v_unit; apply sqrt_1. }
assert (grows : norm d v <= norm d (descent_operator n d eta X T v)).
{ rewrite (eigenvector_norm n d eta X T l v v_eigen), norm_v.
  rewrite Rmult_1_r; apply Rle_trans with (1 := gain_ge1).
  apply prod_le; intros t _; split; [apply step_min_ge0 |].
  apply step_minimum, l_in. }
split; [exists v; repeat split; trivial |].
intros [c [c_lt1 contracts]]; specialize (contracts v v_row).
rewrite norm_v in grows, contracts; lra.
Qed.

(** The two premises of rule `non-contraction-schedule` *)
Lemma lambda_max_row_eigenvalue n d X l :
  lambda_max n d X l -> 0 < l -> row_eigenvalue n d X l.
Proof. apply lambda_max_eigenvector. Qed.

Lemma lambda_min_row_eigenvalue n d X l :
  lambda_min n d X l -> row_eigenvalue n d X l.
Proof. intros l_min; apply (lambda_min_eigenvector n d X l l_min). Qed.

(** Rule `non-contraction-constant`: a Rayleigh quotient r > 0 with eta <= 0 or
    eta r >= 2 *)
Theorem non_contraction_constant n d eta X u r :
  ~ veq d u vzero -> 0 < r -> r * dot d u u <= energy n d X u ->
  eta <= 0 \/ 2 <= eta * r ->
  exists v, in_row_space n d X v /\ norm d v = 1 /\
    forall t, norm d v <= norm d (descent_operator n d (fun _ => eta) X t v).
Proof.
intros u_ne0 r_gt0 rayleigh_ge eta_bad.
destruct (lambda_max_exists n d X) as [l l_max].
{ destruct d as [| d']; [| lia]; exfalso; apply u_ne0; intros i i_lt; lia. }
assert (r_le := lambda_max_at_least n d X r u l u_ne0 rayleigh_ge l_max).
assert (l_gt0 : 0 < l) by lra.
destruct (lambda_max_eigenvector n d X l l_max l_gt0)
  as [v [v_row [v_unit v_eigen]]].
assert (norm_v : norm d v = 1).
{ unfold norm; rewrite v_unit; apply sqrt_1. }
exists v; split; [exact v_row |]; split; [exact norm_v |]; intros t.
rewrite (eigenvector_norm n d (fun _ => eta) X t l v v_eigen), norm_v.
rewrite Rmult_1_r.
assert (ones : 1 = prod t (fun _ => 1)).
{ induction t as [| t IHt]; simpl; [| rewrite <- IHt]; lra. }
rewrite ones at 1; apply prod_le; intros s _; split; [lra |].
destruct eta_bad as [eta_le0 | eta_ge].
- apply Rle_trans with (1 - eta * l); [nra | apply Rle_abs].
- apply Rle_trans with (- (1 - eta * l)); [nra |].
  rewrite <- Rabs_Ropp; apply Rle_abs.
Qed.

(** theta(T) - tt = p_T(G) (theta(0) - tt) *)
Lemma descent_minus_solution n d eta X y theta tt T :
  least_squares n d X y tt ->
  veq d (vsub (descent n d eta X y theta T) tt)
    (descent_operator n d eta X T (vsub theta tt)).
Proof.
intros tt_solves; induction T as [| T IHT]; intros i i_lt; [reflexivity |].
set (D := descent n d eta X y theta T) in *.
set (P := descent_operator n d eta X T (vsub theta tt)) in *.
assert (P_row : mulmv d (gram n X) P i
                = mulmv d (gram n X) D i - moment n X y i).
{ rewrite <- (mulmv_ext d _ _ _ i IHT), mulmv_sub, (tt_solves i i_lt).
  reflexivity. }
transitivity
  (vsub D tt i - eta T * (mulmv d (gram n X) D i - moment n X y i)).
- simpl; fold D; unfold gradient, vscale, vsub; ring.
- rewrite <- P_row, (IHT i i_lt); reflexivity.
Qed.

(** A start from which gradient descent ends no nearer to tt *)
Theorem descent_not_contracting n d eta X y tt T l a b :
  least_squares n d X y tt ->
  row_eigenvalue n d X l -> a <= l <= b ->
  1 <= prod T (fun t => step_min a b (eta t)) ->
  exists theta, norm d (vsub theta tt) = 1 /\
    norm d (vsub theta tt) <= norm d (vsub (descent n d eta X y theta T) tt).
Proof.
intros tt_solves l_eigen l_in gain_ge1.
destruct (non_contraction_schedule n d eta X T l a b l_eigen l_in gain_ge1)
  as [[v [_ [norm_v v_grows]]] _].
assert (start : veq d (vsub (vadd tt v) tt) v).
{ intros i _; unfold vsub, vadd; ring. }
exists (vadd tt v).
rewrite (norm_ext d _ _ start); split; [exact norm_v |].
rewrite (norm_ext d _ _
  (descent_minus_solution n d eta X y (vadd tt v) tt T tt_solves)).
rewrite (norm_ext d _ _ (descent_operator_ext n d eta X T _ _ start)).
exact v_grows.
Qed.
