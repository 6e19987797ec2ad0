(** Gradient descent on any strongly convex smooth function (CHEN2024,
    Definitions 5.1, 5.2, Lemmas 5.3, 5.5, 5.6; GG23, Theorem 3.6).

    Exports
    - [strongly_convex_function] (5.1), [differentiable],
      [smooth_function] (5.2), [minimiser], [gradient_descent]
    - [strong_convexity_gradient], [smooth_upper]: the quadratic bounds
    - [gradient_descent_convergence]: Lemma 5.6
    - [loss_smooth] (5.3), [loss_strongly_convex] (5.5): the loss
      l(theta) = 1/2 |y - X theta|^2 is an instance, with the least constants
    - [loss_descent_convergence]: Lemma 5.6 for that loss *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Model Forms Definite Spectral RowSpace.

Local Open Scope R_scope.

(** Definition 5.1: mu gamma (1 - gamma)/2 |x - y|^2
    + f(gamma x + (1 - gamma) y) <= gamma f(x) + (1 - gamma) f(y) *)
Definition strongly_convex_function (d : nat) (f : vec -> R) (mu : R) : Prop :=
  forall x y gamma, 0 < gamma < 1 ->
    mu * (gamma * (1 - gamma) / 2) * (norm d (vsub x y) * norm d (vsub x y))
    + f (vadd (vscale gamma x) (vscale (1 - gamma) y))
    <= gamma * f x + (1 - gamma) * f y.

(** f: R^d -> R is differentiable, with gradient g:
    f(y) = f(x) + <g(x), y - x> + o(|y - x|) *)
Definition differentiable (d : nat) (f : vec -> R) (g : vec -> vec) : Prop :=
  forall x eps, 0 < eps -> exists delta, 0 < delta /\
    forall y, norm d (vsub y x) < delta ->
      Rabs (f y - f x - dot d (g x) (vsub y x)) <= eps * norm d (vsub y x).

(** Definition 5.2: f is differentiable, |g(x) - g(y)| <= L |x - y| *)
Definition smooth_function (d : nat) (f : vec -> R) (g : vec -> vec) (L : R) :
    Prop :=
  differentiable d f g /\
  forall x y, norm d (vsub (g x) (g y)) <= L * norm d (vsub x y).

Definition minimiser (f : vec -> R) (x : vec) : Prop := forall y, f x <= f y.

(** x(t+1) = x(t) - eta g(x(t)) *)
Fixpoint gradient_descent (g : vec -> vec) (eta : R) (x : vec) (t : nat) :
    vec :=
  match t with
  | O => x
  | S s =>
      vsub (gradient_descent g eta x s)
        (vscale eta (g (gradient_descent g eta x s)))
  end.

(** * Along a segment *)

(** x + s v *)
Definition along (x v : vec) (s : R) : vec := vadd x (vscale s v).

Lemma differentiable_ext d f g x y :
  differentiable d f g -> veq d x y -> f x = f y.
Proof.
intros f_diff xy_eq; destruct (f_diff y 1 Rlt_0_1) as [delta [delta_gt0 near]].
assert (sub_zero : veq d (vsub x y) vzero).
{ intros i i_lt; unfold vsub; rewrite xy_eq by exact i_lt.
  unfold vzero; ring. }
specialize (near x); rewrite (norm_ext d _ _ sub_zero), norm_zero in near.
rewrite (dot_ext d (g y) (g y) _ vzero (fun j _ => eq_refl) sub_zero) in near.
rewrite dot_zero_r, Rmult_0_r in near; specialize (near delta_gt0).
assert (gap_le := Rle_abs (f x - f y - 0)).
assert (gap_ge := Rle_abs (- (f x - f y - 0))); rewrite Rabs_Ropp in gap_ge.
lra.
Qed.

(** d/ds f(x + s v) = <g(z), v> at z = x + s v *)
Lemma along_derivative d f g x v s z :
  differentiable d f g -> veq d z (along x v s) ->
  derivable_pt_lim (fun r => f (along x v r)) s (dot d (g z) v).
Proof.
intros f_diff z_eq eps eps_gt0.
assert (norm_v := norm_ge0 d v).
rewrite <- (differentiable_ext d f g z (along x v s) f_diff z_eq).
destruct (f_diff z (eps / (2 * (norm d v + 1))))
  as [delta [delta_gt0 near]].
{ apply Rmult_lt_0_compat; [exact eps_gt0 | apply Rinv_0_lt_compat; lra]. }
assert (step_gt0 : 0 < delta / (norm d v + 1)).
{ apply Rmult_lt_0_compat; [exact delta_gt0 | apply Rinv_0_lt_compat; lra]. }
exists (mkposreal _ step_gt0); intros h h_ne0 h_lt; simpl in h_lt.
specialize (near (along x v (s + h))).
assert (sub_eq : veq d (vsub (along x v (s + h)) z) (vscale h v)).
{ intros i i_lt; unfold vsub; rewrite (z_eq i i_lt).
  unfold along, vadd, vscale; ring. }
rewrite (norm_ext d _ _ sub_eq), norm_scale in near.
rewrite (dot_ext d (g z) _ _ _ (fun j _ => eq_refl) sub_eq) in near.
rewrite dot_scale_r in near.
assert (h_gt0 : 0 < Rabs h) by (apply Rabs_pos_lt, h_ne0).
assert (near_h : Rabs h * norm d v < delta).
{ apply (Rmult_lt_compat_r (norm d v + 1)) in h_lt; [| lra].
  replace (delta / (norm d v + 1) * (norm d v + 1)) with delta in h_lt
    by (field; lra).
  nra. }
specialize (near near_h).
replace ((f (along x v (s + h)) - f z) / h - dot d (g z) v)
  with ((f (along x v (s + h)) - f z - h * dot d (g z) v) * / h)
  by (field; exact h_ne0).
rewrite Rabs_mult, Rabs_inv.
apply (Rmult_lt_reg_r (Rabs h)); [exact h_gt0 |].
rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
apply Rle_lt_trans with (1 := near).
replace (eps / (2 * (norm d v + 1)) * (Rabs h * norm d v))
  with (eps * Rabs h * (norm d v / (2 * (norm d v + 1)))) by (field; lra).
assert (half : norm d v / (2 * (norm d v + 1)) < 1).
{ apply (Rmult_lt_reg_r (2 * (norm d v + 1))); [lra |].
  replace (norm d v / (2 * (norm d v + 1)) * (2 * (norm d v + 1)))
    with (norm d v) by (field; lra).
  lra. }
assert (product_gt0 : 0 < eps * Rabs h) by (apply Rmult_lt_0_compat; trivial).
nra.
Qed.

(** f(y) >= f(x) + <g(x), y - x> + mu/2 |y - x|^2 *)
Theorem strong_convexity_gradient d f g mu x y :
  differentiable d f g -> strongly_convex_function d f mu ->
  f x + dot d (g x) (vsub y x)
  + mu / 2 * dot d (vsub y x) (vsub y x) <= f y.
Proof.
intros f_diff f_convex; set (v := vsub y x).
(* s -> (f(x + s v) - f(x))/s tends to <g(x), v> and is bounded above *)
apply le_epsilon; intros eps eps_gt0.
assert (start : veq d x (along x v 0)).
{ intros i _; unfold along, vadd, vscale; ring. }
destruct (along_derivative d f g x v 0 x f_diff start (eps / 2))
  as [delta slope_near]; [lra |].
assert (delta_gt0 := cond_pos delta).
set (c := Rabs (mu / 2 * dot d v v)).
assert (c_ge0 : 0 <= c) by apply Rabs_pos.
set (s := Rmin (delta / 2) (Rmin (/ 2) (eps / 2 / (c + 1)))).
assert (s_le_delta : s <= delta / 2) by apply Rmin_l.
assert (s_le_half : s <= / 2).
{ apply Rle_trans with (2 := Rmin_l (/ 2) (eps / 2 / (c + 1))).
  apply Rmin_r. }
assert (s_le_eps : s <= eps / 2 / (c + 1)).
{ apply Rle_trans with (2 := Rmin_r (/ 2) (eps / 2 / (c + 1))).
  apply Rmin_r. }
assert (s_gt0 : 0 < s).
{ apply Rmin_glb_lt; [lra |]; apply Rmin_glb_lt; [lra |].
  apply Rmult_lt_0_compat; [lra | apply Rinv_0_lt_compat; lra]. }
assert (s_abs : Rabs s < delta) by (rewrite Rabs_right; lra).
specialize (slope_near s (Rgt_not_eq _ _ s_gt0) s_abs).
rewrite Rplus_0_l in slope_near.
assert (start_eq : f (along x v 0) = f x).
{ symmetry; apply (differentiable_ext d f g); [exact f_diff | exact start]. }
rewrite start_eq in slope_near.
assert (chord := f_convex y x s).
assert (s_in : 0 < s < 1) by lra; specialize (chord s_in).
rewrite norm_sqr in chord; fold v in chord.
rewrite (differentiable_ext d f g _ (along x v s) f_diff) in chord.
2:{ intros i _; unfold along, v, vadd, vscale, vsub; ring. }
apply Rabs_def2 in slope_near; destruct slope_near as [_ slope_gt].
assert (slope_lt : s * dot d (g x) v - s * (eps / 2) < f (along x v s) - f x).
{ apply (Rmult_lt_compat_l s) in slope_gt; [| exact s_gt0].
  replace (s * ((f (along x v s) - f x) / s - dot d (g x) v))
    with (f (along x v s) - f x - s * dot d (g x) v) in slope_gt
    by (field; lra).
  lra. }
set (q := mu / 2 * dot d v v) in *.
replace (mu * (s * (1 - s) / 2) * dot d v v) with (s * (1 - s) * q) in chord
  by (unfold q; field).
assert (q_le : q <= c) by apply Rle_abs.
assert (small : s * (c + 1) <= eps / 2).
{ apply (Rmult_le_compat_r (c + 1)) in s_le_eps; [| lra].
  replace (eps / 2 / (c + 1) * (c + 1)) with (eps / 2) in s_le_eps
    by (field; lra).
  exact s_le_eps. }
apply (Rmult_le_reg_l s); [exact s_gt0 |].
assert (s_q : s * q <= eps / 2) by nra.
nra.
Qed.

(** f(y) <= f(x) + <g(x), y - x> + L/2 |y - x|^2 *)
Theorem smooth_upper d f g L x y :
  smooth_function d f g L ->
  f y <= f x + dot d (g x) (vsub y x)
         + L / 2 * dot d (vsub y x) (vsub y x).
Proof.
intros [f_diff g_lipschitz]; set (v := vsub y x).
set (phi := fun s => f (along x v s)
  - (s * dot d (g x) v + s * s * (L / 2 * dot d v v))).
set (phi' := fun s => dot d (g (along x v s)) v
  - (dot d (g x) v + (s + s) * (L / 2 * dot d v v))).
destruct (MVT_cor2 phi phi' 0 1 Rlt_0_1) as [s [phi_eq [s_gt0 s_lt1]]].
- intros c _; unfold phi, phi'.
  apply (derivable_pt_lim_minus (fun r => f (along x v r))
    (fun r => r * dot d (g x) v + r * r * (L / 2 * dot d v v))).
  + apply along_derivative; [exact f_diff | intros i _; reflexivity].
  + intros eps eps_gt0.
    set (k := L / 2 * dot d v v).
    assert (k_gt0 : 0 < eps / (Rabs k + 1)).
    { assert (k_ge0 := Rabs_pos k).
      apply Rmult_lt_0_compat; [lra | apply Rinv_0_lt_compat; lra]. }
    exists (mkposreal _ k_gt0); intros h h_ne0 h_lt; simpl in h_lt.
    replace (((c + h) * dot d (g x) v + (c + h) * (c + h) * k
              - (c * dot d (g x) v + c * c * k)) / h
             - (dot d (g x) v + (c + c) * k))
      with (h * k) by (field; exact h_ne0).
    assert (k_ge0 := Rabs_pos k); assert (h_ge0 := Rabs_pos h).
    rewrite Rabs_mult.
    apply (Rmult_lt_compat_r (Rabs k + 1)) in h_lt; [| lra].
    replace (eps / (Rabs k + 1) * (Rabs k + 1)) with eps in h_lt
      by (field; lra).
    nra.
- assert (step : veq d (vsub (along x v s) x) (vscale s v)).
  { intros i _; unfold along, vsub, vadd; ring. }
  assert (slope_le : dot d (g (along x v s)) v - dot d (g x) v
                     <= s * (L * dot d v v)).
  { rewrite <- dot_sub_l.
    apply Rle_trans with (1 := Rle_abs _).
    apply Rle_trans with (1 := dot_le_norm d _ _).
    apply Rle_trans with (L * norm d (vsub (along x v s) x) * norm d v).
    - apply Rmult_le_compat_r; [apply norm_ge0 | apply g_lipschitz].
    - rewrite (norm_ext d _ _ step), norm_scale, (Rabs_right s) by lra.
      right; rewrite <- norm_sqr; ring. }
  assert (end_eq : f (along x v 1) = f y).
  { apply (differentiable_ext d f g); [exact f_diff |].
    intros i _; unfold along, v, vadd, vscale, vsub; ring. }
  assert (start_eq : f (along x v 0) = f x).
  { apply (differentiable_ext d f g); [exact f_diff |].
    intros i _; unfold along, vadd, vscale; ring. }
  unfold phi, phi' in phi_eq; rewrite end_eq, start_eq in phi_eq; lra.
Qed.

(** * Lemma 5.6 *)

Lemma gradient_descent_step d f g mu L eta x xs :
  strongly_convex_function d f mu -> smooth_function d f g L ->
  0 < L -> 0 < eta <= 1 / L -> minimiser f xs ->
  dot d (vsub (vsub x (vscale eta (g x))) xs)
    (vsub (vsub x (vscale eta (g x))) xs)
  <= (1 - eta * mu) * dot d (vsub x xs) (vsub x xs).
Proof.
intros f_convex f_smooth L_gt0 [eta_gt0 eta_le] xs_min.
assert (eta_L : eta * L <= 1).
{ apply (Rmult_le_compat_r L) in eta_le; [| lra].
  replace (1 / L * L) with 1 in eta_le by (field; lra); exact eta_le. }
set (gx := g x); set (next := vsub x (vscale eta gx)).
assert (upper := smooth_upper d f g L x next f_smooth); fold gx in upper.
assert (step : veq d (vsub next x) (vscale (- eta) gx)).
{ intros i _; unfold next, vsub, vscale; ring. }
rewrite (dot_ext d gx gx _ _ (fun j _ => eq_refl) step) in upper.
rewrite (dot_ext d _ _ _ _ step step) in upper.
rewrite dot_scale_l, !dot_scale_r in upper.
assert (lower := strong_convexity_gradient d f g mu x xs
                   (proj1 f_smooth) f_convex); fold gx in lower.
assert (back : veq d (vsub xs x) (vscale (- 1) (vsub x xs))).
{ intros i _; unfold vsub, vscale; ring. }
rewrite (dot_ext d gx gx _ _ (fun j _ => eq_refl) back) in lower.
rewrite (dot_ext d _ _ _ _ back back) in lower.
rewrite dot_scale_l, !dot_scale_r in lower.
assert (least := xs_min next).
assert (distance : veq d (vsub next xs) (vsub (vsub x xs) (vscale eta gx))).
{ intros i _; unfold next, vsub; ring. }
rewrite (dot_ext d _ _ _ _ distance distance).
set (w := vsub x xs) in *.
rewrite dot_sub_l, !dot_sub_r, !dot_scale_l, !dot_scale_r.
rewrite (dot_sym d w gx); assert (g_ge0 := dot_ge0 d gx).
set (gg := dot d gx gx) in *; set (gw := dot d gx w) in *.
set (ww := dot d w w) in *.
assert (slack : 0 <= eta * gg * (1 - eta * L)).
{ apply Rmult_le_pos; [apply Rmult_le_pos |]; lra. }
assert (gain : eta * gg <= 2 * (f x - f xs)) by lra.
apply (Rmult_le_compat_l eta) in gain; [| lra].
apply (Rmult_le_compat_l (2 * eta)) in lower; lra.
Qed.

(** Lemma 5.6: f is mu-strongly convex and L-smooth, 0 < eta <= 1/L, x* a
    minimiser; then |x(t) - x*|^2 <= (1 - eta mu)^t |x(0) - x*|^2. *)
Theorem gradient_descent_convergence d f g mu L eta x xs t :
  strongly_convex_function d f mu -> smooth_function d f g L ->
  0 < L -> 0 < eta <= 1 / L -> minimiser f xs ->
  norm d (vsub (gradient_descent g eta x t) xs) ^ 2
  <= (1 - eta * mu) ^ t * norm d (vsub x xs) ^ 2.
Proof.
intros f_convex f_smooth L_gt0 eta_in xs_min.
set (gap := fun s => dot d (vsub (gradient_descent g eta x s) xs)
                       (vsub (gradient_descent g eta x s) xs)).
set (q := 1 - eta * mu).
assert (gap_step : forall s, gap (S s) <= q * gap s).
{ intros s; exact (gradient_descent_step d f g mu L eta
    (gradient_descent g eta x s) xs f_convex f_smooth L_gt0 eta_in xs_min). }
assert (gap_ge0 : forall s, 0 <= gap s) by (intros s; apply dot_ge0).
simpl pow at 1 3; rewrite !Rmult_1_r, !norm_sqr.
change (gap t <= q ^ t * gap O).
destruct (Rle_dec 0 q) as [q_ge0 | q_lt0].
- induction t as [| t IHt]; simpl; [lra |].
  apply Rle_trans with (1 := gap_step t); rewrite Rmult_assoc.
  apply Rmult_le_compat_l; trivial.
- (* q < 0 only where every gap is 0 *)
  assert (gap_zero : forall s, gap s = 0).
  { intros s; assert (next_ge0 := gap_ge0 (S s)).
    assert (next_le := gap_step s); assert (this_ge0 := gap_ge0 s); nra. }
  rewrite !gap_zero; lra.
Qed.

(** * The quadratic loss *)

(** l(v) = l(theta) + <G theta - b, v - theta> + 1/2 |X (v - theta)|^2 *)
Lemma loss_expand n d X y theta v :
  loss n d X y v
  = loss n d X y theta + dot d (gradient n d X y theta) (vsub v theta)
    + / 2 * energy n d X (vsub v theta).
Proof.
set (u := vsub v theta); unfold loss; set (r := residual d X y theta).
assert (r_eq : veq n (residual d X y v) (vsub r (mulmv d X u))).
{ intros i _; unfold r, u, residual, vsub at 1 2 3.
  rewrite mulmv_sub; ring. }
rewrite (dot_ext n _ _ _ _ r_eq r_eq).
rewrite dot_sub_l, !dot_sub_r, (dot_sym n r (mulmv d X u)).
assert (slope : dot d (gradient n d X y theta) u = - dot n (mulmv d X u) r).
{ rewrite (dot_mulmv_tr n d X u r), dot_sym.
  replace (- dot d u (mulmv n (tr X) r))
    with (-1 * dot d u (mulmv n (tr X) r)) by ring.
  rewrite <- dot_scale_r; apply dot_ext; [intros i _; reflexivity |].
  intros i _; unfold vscale, r; rewrite gradient_residual.
  unfold gradient, vsub; ring. }
rewrite slope; unfold energy; field.
Qed.

Lemma loss_differentiable n d X y :
  differentiable d (loss n d X y) (gradient n d X y).
Proof.
intros x eps eps_gt0.
destruct (form_bounded d (gram n X)) as [C [C_ge0 form_le]].
exists (2 * eps / (C + 1)); split.
- apply Rmult_lt_0_compat; [lra | apply Rinv_0_lt_compat; lra].
- intros v v_near; rewrite (loss_expand n d X y x v).
  set (u := vsub v x) in *.
  replace (loss n d X y x + dot d (gradient n d X y x) u
           + / 2 * energy n d X u - loss n d X y x
           - dot d (gradient n d X y x) u)
    with (/ 2 * energy n d X u) by ring.
  assert (u_ge0 := energy_ge0 n d X u).
  rewrite Rabs_right by lra.
  specialize (form_le u); rewrite form_gram_energy, <- norm_sqr in form_le.
  assert (norm_u := norm_ge0 d u).
  apply (Rmult_lt_compat_r (C + 1)) in v_near; [| lra].
  replace (2 * eps / (C + 1) * (C + 1)) with (2 * eps) in v_near
    by (field; lra).
  nra.
Qed.

Lemma gradient_sub n d X y u v :
  veq d (vsub (gradient n d X y u) (gradient n d X y v))
    (mulmv d (gram n X) (vsub u v)).
Proof.
intros i _; rewrite mulmv_sub; unfold gradient, vsub; ring.
Qed.

(** |G u| <= L |u| where G <= L I *)
Lemma gram_norm_le n d X L u :
  0 <= L -> smooth n d X L ->
  norm d (mulmv d (gram n X) u) <= L * norm d u.
Proof.
intros L_ge0 X_smooth; set (w := mulmv d (gram n X) u).
assert (cauchy := psd_cauchy_schwarz d (gram n X) w u
  (gram_symmetric d n X) (gram_psd d n X)).
fold w in cauchy; rewrite !form_gram_energy in cauchy.
assert (w_le := X_smooth w); assert (u_le := X_smooth u).
assert (w_ge0 := energy_ge0 n d X w); assert (u_ge0 := energy_ge0 n d X u).
assert (product : energy n d X w * energy n d X u
                  <= L * dot d w w * (L * dot d u u))
  by (apply Rmult_le_compat; trivial).
assert (square_le : dot d w w <= L * L * dot d u u).
{ destruct (dot_ge0 d w) as [w_gt0 | w_eq0].
  - apply (Rmult_le_reg_l (dot d w w)); [exact w_gt0 | lra].
  - rewrite <- w_eq0; assert (u_sq := dot_ge0 d u).
    apply Rmult_le_pos; [apply Rmult_le_pos |]; trivial. }
apply Rsqr_incr_0_var;
  [| apply Rmult_le_pos; [exact L_ge0 | apply norm_ge0]].
unfold Rsqr; rewrite norm_sqr.
replace (L * norm d u * (L * norm d u)) with (L * L * (norm d u * norm d u))
  by ring.
rewrite norm_sqr; exact square_le.
Qed.

(** Lemma 5.3: the loss is L-smooth exactly where G <= L I. *)
Theorem loss_smooth n d X y L :
  0 <= L ->
  smooth_function d (loss n d X y) (gradient n d X y) L <-> smooth n d X L.
Proof.
intros L_ge0; split.
- intros [_ g_lipschitz] u.
  specialize (g_lipschitz u vzero).
  rewrite (norm_ext d _ _ (gradient_sub n d X y u vzero)) in g_lipschitz.
  assert (u_eq : veq d (vsub u vzero) u).
  { intros i _; unfold vsub, vzero; ring. }
  rewrite (norm_ext d (vsub u vzero) u u_eq) in g_lipschitz.
  assert (same : veq d (mulmv d (gram n X) (vsub u vzero))
                   (mulmv d (gram n X) u)).
  { intros i _; apply mulmv_ext, u_eq. }
  rewrite (norm_ext d _ _ same) in g_lipschitz.
  rewrite <- form_gram_energy; unfold form.
  apply Rle_trans with (1 := Rle_abs _).
  apply Rle_trans with (1 := dot_le_norm d _ _).
  assert (norm_u := norm_ge0 d u); rewrite <- norm_sqr; nra.
- intros X_smooth; split; [apply loss_differentiable |].
  intros u v; rewrite (norm_ext d _ _ (gradient_sub n d X y u v)).
  apply gram_norm_le; trivial.
Qed.

(** l(gamma u + (1 - gamma) v) = gamma l(u) + (1 - gamma) l(v)
    - gamma (1 - gamma)/2 |X (u - v)|^2 *)
Lemma loss_chord n d X y u v gamma :
  loss n d X y (vadd (vscale gamma u) (vscale (1 - gamma) v))
  = gamma * loss n d X y u + (1 - gamma) * loss n d X y v
    - gamma * (1 - gamma) / 2 * energy n d X (vsub u v).
Proof.
set (w := vadd (vscale gamma u) (vscale (1 - gamma) v)).
assert (w_eq : veq d (vsub w v) (vscale gamma (vsub u v))).
{ intros i _; unfold w, vsub, vadd, vscale; ring. }
assert (w_energy : energy n d X (vsub w v)
                   = gamma * gamma * energy n d X (vsub u v)).
{ rewrite <- !form_gram_energy, (form_vec_ext d _ _ _ w_eq).
  apply form_scale_vec. }
rewrite (loss_expand n d X y v w), (loss_expand n d X y v u), w_energy.
rewrite (dot_ext d (gradient n d X y v) _ _ _ (fun j _ => eq_refl) w_eq).
rewrite dot_scale_r; field.
Qed.

(** Lemma 5.5: the loss is mu-strongly convex exactly where mu I <= G. *)
Theorem loss_strongly_convex n d X y mu :
  strongly_convex_function d (loss n d X y) mu <-> strongly_convex n d X mu.
Proof.
split.
- intros f_convex u.
  specialize (f_convex u vzero (/ 2)).
  rewrite loss_chord, norm_sqr in f_convex.
  assert (u_eq : veq d (vsub u vzero) u).
  { intros i _; unfold vsub, vzero; ring. }
  rewrite (dot_ext d _ u _ u u_eq u_eq) in f_convex.
  rewrite <- !form_gram_energy, (form_vec_ext d _ _ _ u_eq) in f_convex.
  rewrite <- form_gram_energy.
  assert (half_in : 0 < / 2 < 1) by lra; specialize (f_convex half_in); lra.
- intros X_convex u v gamma gamma_in; rewrite loss_chord, norm_sqr.
  specialize (X_convex (vsub u v)).
  assert (weight_gt0 : 0 < gamma * (1 - gamma)) by nra.
  apply (Rmult_le_compat_l (gamma * (1 - gamma) / 2)) in X_convex; lra.
Qed.

Lemma loss_minimiser n d X y theta :
  minimiser (loss n d X y) theta <-> least_squares n d X y theta.
Proof.
split; [apply minimiser_least_squares |].
intros theta_solves v; apply least_squares_minimises, theta_solves.
Qed.

Lemma descent_gradient_descent n d eta X y theta t :
  descent n d (fun _ => eta) X y theta t
  = gradient_descent (gradient n d X y) eta theta t.
Proof. induction t as [| t IHt]; simpl; [| rewrite IHt]; reflexivity. Qed.

(** Lemma 5.6 for l(theta) = 1/2 |y - X theta|^2 *)
Theorem loss_descent_convergence n d X y mu L eta theta tt t :
  strongly_convex n d X mu -> smooth n d X L ->
  0 < L -> 0 < eta <= 1 / L -> least_squares n d X y tt ->
  norm d (vsub (descent n d (fun _ => eta) X y theta t) tt) ^ 2
  <= (1 - eta * mu) ^ t * norm d (vsub theta tt) ^ 2.
Proof.
intros X_convex X_smooth L_gt0 eta_in tt_solves.
rewrite descent_gradient_descent.
apply (gradient_descent_convergence d (loss n d X y) _ mu L).
- apply loss_strongly_convex, X_convex.
- apply loss_smooth; [lra | exact X_smooth].
- exact L_gt0.
- exact eta_in.
- apply loss_minimiser, tt_solves.
Qed.
