(** Gradient descent on the quadratic loss: its distance from a solution is
    p_T(G) times the distance at the start, and what p_T(G) does to it.
    Steps are small where 0 <= eta_t and eta_t L <= 1, with G <= L I.

    - [descent_error]: theta(T) - s = p_T(G)(theta(0) - s), G s = b
    - [dot_descent_operator]: p_T(G) is symmetric
    - [step_small_sqr]: |(I - eta G)v| <= (1 - eta mu)|v|, small steps
    - [step_any_sqr]: |(I - eta G)v| <= max(|1 - eta mu|, |1 - eta L|)|v|
    - [contraction_small_steps], [contraction_small_constant],
      [contraction_schedule], [contraction_constant]: the same for p_T(G)
    - [operator_ge0], [operator_energy_ge0]: p_T(G) and G p_T(G) are positive
      semidefinite, small steps
    - [operator_sqr_le]: p_T(G)^2 <= p_T(G), small steps

    v is in the row space of X wherever mu > 0 matters.

    Exports: these, [small_steps], [contraction]. *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Model Forms.

Local Open Scope R_scope.

(** 0 <= eta_t <= 1/L for t < T *)
Definition small_steps (L : R) (eta : nat -> R) (T : nat) : Prop :=
  forall t, (t < T)%nat -> 0 <= eta t /\ eta t * L <= 1.

(** |p_T(G) v| <= f |v| for every v in the row space *)
Definition contraction (n d : nat) (eta : nat -> R) (X : mat) (T : nat)
    (f : R) : Prop :=
  forall v, in_row_space n d X v ->
  norm d (descent_operator n d eta X T v) <= f * norm d v.

Lemma small_steps_le L eta S T :
  (S <= T)%nat -> small_steps L eta T -> small_steps L eta S.
Proof. intros S_le steps_small t t_lt; apply steps_small; lia. Qed.

Section Descent.

Variables (n d : nat) (X : mat).

Local Notation Xm := (mulmv d X).
Local Notation G := (mulmv d (gram n X)).
Local Notation step eta := (pencil n d X 1 (- eta)).
Local Notation p_ eta T := (descent_operator n d eta X T).

(** p_T(G) as a product of symmetric matrices that commute *)

Lemma descent_operator_pencils eta T v :
  veq d (p_ eta T v) (pencils n d X (fun _ => 1) (fun t => - eta t) T v).
Proof.
induction T as [| T IHT]; [apply veq_refl |].
intros i i_lt; simpl.
rewrite pencil_entry; unfold vsub, vscale.
rewrite (mulmv_ext d _ _ _ i IHT), (IHT i i_lt); ring.
Qed.

Lemma descent_operator_step eta T v i :
  p_ eta (S T) v i = step (eta T) (p_ eta T v) i.
Proof. rewrite pencil_entry; simpl; unfold vsub, vscale; ring. Qed.

Lemma descent_operator_ext eta T u v :
  veq d u v -> veq d (p_ eta T u) (p_ eta T v).
Proof.
intros uv_eq.
eapply veq_trans; [apply descent_operator_pencils |].
eapply veq_trans; [apply pencils_ext, uv_eq |].
apply veq_sym, descent_operator_pencils.
Qed.

Lemma descent_operator_add eta T u v :
  veq d (p_ eta T (vadd u v)) (vadd (p_ eta T u) (p_ eta T v)).
Proof.
eapply veq_trans; [apply descent_operator_pencils |].
eapply veq_trans; [apply pencils_add |].
intros i i_lt; unfold vadd; rewrite !descent_operator_pencils by exact i_lt.
reflexivity.
Qed.

Lemma descent_operator_scale eta T c v :
  veq d (p_ eta T (vscale c v)) (vscale c (p_ eta T v)).
Proof.
eapply veq_trans; [apply descent_operator_pencils |].
eapply veq_trans; [apply pencils_scale |].
intros i i_lt; unfold vscale; rewrite !descent_operator_pencils by exact i_lt.
reflexivity.
Qed.

(** p_T(G) is symmetric. *)
Lemma dot_descent_operator eta T u v :
  dot d u (p_ eta T v) = dot d (p_ eta T u) v.
Proof.
rewrite (dot_ext d u u _ _ (veq_refl d u)
  (descent_operator_pencils eta T v)).
rewrite (dot_ext d _ _ v v (descent_operator_pencils eta T u)
  (veq_refl d v)).
apply dot_pencils.
Qed.

Lemma energy_descent_operator eta T u v :
  dot n (Xm u) (Xm (p_ eta T v)) = dot n (Xm (p_ eta T u)) (Xm v).
Proof.
assert (sym := form_pencils_sym n d X 0 1 (fun _ => 1) (fun t => - eta t)
  T u v).
rewrite (form_ext n d X 0 1 u u _ (p_ eta T v)) in sym;
  [| apply veq_refl | apply veq_sym, descent_operator_pencils].
rewrite (form_ext n d X 0 1 _ (p_ eta T u) v v) in sym;
  [| apply veq_sym, descent_operator_pencils | apply veq_refl].
unfold form in sym; lra.
Qed.

Lemma row_space_descent_operator eta T v :
  in_row_space n d X v -> in_row_space n d X (p_ eta T v).
Proof.
intros v_row.
eapply row_space_ext; [apply veq_sym, descent_operator_pencils |].
apply invariant_pencils; [apply invariant_row_space | exact v_row].
Qed.

(** A constant step: p_(s+t) = p_s p_t *)
Lemma descent_operator_constant eta s t v :
  veq d (p_ (fun _ => eta) (s + t) v)
    (p_ (fun _ => eta) s (p_ (fun _ => eta) t v)).
Proof.
induction s as [| s IHs]; [apply veq_refl |].
intros i i_lt; simpl plus; rewrite !descent_operator_step.
apply pencil_ext; assumption.
Qed.

(** Distance from a solution *)

(** theta(T) - s = p_T(G)(theta(0) - s) *)
Theorem descent_error eta y theta s :
  least_squares n d X y s ->
  forall T,
  veq d (vsub (descent n d eta X y theta T) s) (p_ eta T (vsub theta s)).
Proof.
intros normal_eq T; induction T as [| T IHT]; [apply veq_refl |].
intros i i_lt.
assert (gradient_eq : gradient n d X y (descent n d eta X y theta T) i
  = G (p_ eta T (vsub theta s)) i).
{ rewrite <- (mulmv_ext d _ _ _ i IHT), mulmv_sub.
  unfold gradient; unfold vsub at 1; rewrite (normal_eq i i_lt).
  reflexivity. }
simpl; unfold vsub at 1 2 3, vscale.
rewrite <- gradient_eq, <- IHT by exact i_lt; unfold vsub; ring.
Qed.

(** theta(T) depends on the first entries of labels and start only. *)
Lemma descent_ext eta y z u v T :
  veq n y z -> veq d u v ->
  veq d (descent n d eta X y u T) (descent n d eta X z v T).
Proof.
intros yz_eq uv_eq; induction T as [| T IHT]; [exact uv_eq |].
intros i i_lt; simpl; unfold gradient, moment, vsub, vscale.
rewrite (mulmv_ext d _ _ _ i IHT), (IHT i i_lt).
rewrite (mulmv_ext n _ _ _ i yz_eq); reflexivity.
Qed.

(** theta(T) as a sum of two trajectories, of which labels and starts add up *)
Lemma descent_add eta y z u v T :
  veq d (descent n d eta X (vadd y z) (vadd u v) T)
    (vadd (descent n d eta X y u T) (descent n d eta X z v T)).
Proof.
induction T as [| T IHT]; [apply veq_refl |].
intros i i_lt; simpl; unfold vsub at 1, vscale, gradient, vsub, moment.
rewrite (mulmv_ext d _ _ _ i IHT), (IHT i i_lt), !mulmv_add.
unfold vadd, vsub, vscale; ring.
Qed.

(** theta(T) stays in the row space. *)
Lemma row_space_descent eta y theta T :
  in_row_space n d X theta ->
  in_row_space n d X (descent n d eta X y theta T).
Proof.
intros theta_row; induction T as [| T IHT]; [exact theta_row |].
intros w w_null; simpl; unfold gradient.
rewrite dot_sub_r, dot_scale_r, dot_sub_r, IHT by exact w_null.
rewrite row_space_gram by exact w_null.
unfold moment; rewrite <- dot_mulmv_tr.
rewrite (dot_ext n (Xm w) vzero y y w_null (veq_refl n y)), dot_zero_l.
ring.
Qed.

(** One step *)

(** 0 <= I - eta G for a small step *)
Lemma step_form_ge0 L eta v :
  smooth n d X L -> 0 <= eta -> eta * L <= 1 ->
  0 <= form n d X 1 (- eta) v v.
Proof.
intros G_le eta_ge0 eta_le; rewrite form_energy.
assert (v_le := G_le v); assert (vv_ge0 := dot_ge0 d v); nra.
Qed.

(** |(I - eta G)v|^2 <= (1 - eta mu)^2 |v|^2 *)
Lemma step_small_sqr L mu eta v :
  smooth n d X L -> strongly_convex_on_rows n d X mu ->
  0 <= eta -> eta * L <= 1 -> in_row_space n d X v ->
  dot d (step eta v) (step eta v)
  <= (1 - eta * mu) * (1 - eta * mu) * dot d v v.
Proof.
intros G_le G_ge eta_ge0 eta_le v_row.
assert (form_le : forall w, in_row_space n d X w ->
  form n d X 1 (- eta) w w <= (1 - eta * mu) * dot d w w).
{ intros w w_row; rewrite form_energy.
  assert (w_ge := G_ge w w_row); nra. }
assert (sqr_le := pencil_sqr n d X _ 1 (- eta) (1 - eta * mu) v
  (invariant_row_space n d X)
  (fun w _ => step_form_ge0 L eta w G_le eta_ge0 eta_le) form_le v_row).
assert (v_le := form_le v v_row).
assert (v_ge0 := step_form_ge0 L eta v G_le eta_ge0 eta_le).
assert (vv_ge0 := dot_ge0 d v).
apply Rle_trans with (1 := sqr_le); rewrite Rmult_assoc.
destruct (Rle_lt_dec 0 (1 - eta * mu)) as [factor_ge0 | factor_lt0].
- apply Rmult_le_compat_l; assumption.
- assert (product_eq0 : (1 - eta * mu) * dot d v v = 0) by nra.
  rewrite product_eq0 in v_le |- *.
  replace (form n d X 1 (- eta) v v) with 0 by lra; lra.
Qed.

(** G v = 0 where X v = 0 *)
Lemma gram_null v : veq n (Xm v) vzero -> forall i, G v i = 0.
Proof.
intros v_null i; rewrite gram_mulmv, (mulmv_ext n _ _ _ i v_null).
apply dot_zero_r.
Qed.

(** p_T(G) keeps the null space of X. *)
Lemma descent_operator_null eta T v :
  veq n (Xm v) vzero -> veq d (p_ eta T v) v.
Proof.
intros v_null; induction T as [| T IHT]; [apply veq_refl |].
intros i i_lt; simpl; unfold vsub, vscale.
rewrite (mulmv_ext d _ _ _ i IHT), (IHT i i_lt), gram_null by exact v_null.
ring.
Qed.

(** Where 1 - eta mu < 0 for a small step, the row space is {0}. *)
Lemma small_step_factor L mu eta :
  smooth n d X L -> strongly_convex_on_rows n d X mu ->
  0 <= eta -> eta * L <= 1 ->
  0 <= 1 - eta * mu \/ forall v, in_row_space n d X v -> dot d v v = 0.
Proof.
intros G_le G_ge eta_ge0 eta_le.
destruct (Rle_lt_dec 0 (1 - eta * mu)) as [factor_ge0 | factor_lt0];
  [left; exact factor_ge0 | right; intros v v_row].
assert (v_ge := G_ge v v_row); assert (v_le := G_le v).
assert (vv_ge0 := dot_ge0 d v).
assert (ends := Rmult_le_compat_l eta _ _ eta_ge0
  (Rle_trans _ _ _ v_ge v_le)).
assert (product_ge0 : 0 <= (1 - eta * L) * dot d v v)
  by (apply Rmult_le_pos; lra).
nra.
Qed.

Lemma step_small L mu eta v :
  smooth n d X L -> strongly_convex_on_rows n d X mu ->
  0 <= eta -> eta * L <= 1 -> in_row_space n d X v ->
  norm d (step eta v) <= (1 - eta * mu) * norm d v.
Proof.
intros G_le G_ge eta_ge0 eta_le v_row.
assert (sqr_le := step_small_sqr L mu eta v G_le G_ge eta_ge0 eta_le v_row).
destruct (small_step_factor L mu eta G_le G_ge eta_ge0 eta_le)
  as [factor_ge0 | row_zero].
- apply norm_le; [apply Rmult_le_pos; [exact factor_ge0 | apply norm_ge0] |].
  assert (vv := norm_sqr d v); nra.
- assert (vv := row_zero v v_row); rewrite vv in sqr_le.
  assert (v_norm : norm d v = 0) by (unfold norm; rewrite vv; apply sqrt_0).
  rewrite v_norm, Rmult_0_r; apply norm_le; lra.
Qed.

(** |(I - eta G)v| <= max(|1 - eta mu|, |1 - eta L|)|v|, any step *)
Definition step_factor (mu L eta : R) : R :=
  Rmax (Rabs (1 - eta * mu)) (Rabs (1 - eta * L)).

Lemma step_factor_ge0 mu L eta : 0 <= step_factor mu L eta.
Proof. eapply Rle_trans; [apply Rabs_pos | apply Rmax_l]. Qed.

Lemma step_any_sqr L mu eta v :
  smooth n d X L -> strongly_convex_on_rows n d X mu ->
  in_row_space n d X v ->
  dot d (step eta v) (step eta v)
  <= step_factor mu L eta * step_factor mu L eta * dot d v v.
Proof.
intros G_le G_ge v_row.
(* A = G - mu I, I - eta G = (1 - eta mu) I - eta A *)
set (A := pencil n d X (- mu) 1 v).
assert (A_ge0 : forall w, in_row_space n d X w ->
  0 <= form n d X (- mu) 1 w w).
{ intros w w_row; rewrite form_energy; assert (w_ge := G_ge w w_row); lra. }
assert (A_le : forall w, in_row_space n d X w ->
  form n d X (- mu) 1 w w <= (L - mu) * dot d w w).
{ intros w w_row; rewrite form_energy; assert (w_le := G_le w); lra. }
assert (A_sqr := pencil_sqr n d X _ (- mu) 1 (L - mu) v
  (invariant_row_space n d X) A_ge0 A_le v_row).
assert (v_ge0 := A_ge0 v v_row); assert (v_le := A_le v v_row).
rewrite <- dot_pencil in A_sqr, v_ge0, v_le; fold A in A_sqr, v_ge0, v_le.
assert (split : dot d (step eta v) (step eta v)
  = (1 - eta * mu) * (1 - eta * mu) * dot d v v
    - 2 * eta * (1 - eta * mu) * dot d v A + eta * eta * dot d A A).
{ set (w := vsub (vscale (1 - eta * mu) v) (vscale eta A)).
  assert (step_eq : veq d (step eta v) w).
  { intros i _; unfold w, A, vsub, vscale; rewrite !pencil_entry; ring. }
  rewrite (dot_ext d _ w _ w step_eq step_eq); unfold w.
  rewrite !dot_sub_l, !dot_sub_r, !dot_scale_l, !dot_scale_r.
  rewrite (dot_sym d A v); ring. }
rewrite split.
assert (low : (1 - eta * mu) * (1 - eta * mu)
  <= step_factor mu L eta * step_factor mu L eta).
{ assert (low_le := Rmax_l (Rabs (1 - eta * mu)) (Rabs (1 - eta * L))).
  fold (step_factor mu L eta) in low_le.
  assert (low_ge0 := Rabs_pos (1 - eta * mu)).
  assert (low_sqr := Rsqr_abs (1 - eta * mu)); unfold Rsqr in low_sqr; nra. }
assert (high : (1 - eta * L) * (1 - eta * L)
  <= step_factor mu L eta * step_factor mu L eta).
{ assert (high_le := Rmax_r (Rabs (1 - eta * mu)) (Rabs (1 - eta * L))).
  fold (step_factor mu L eta) in high_le.
  assert (high_ge0 := Rabs_pos (1 - eta * L)).
  assert (high_sqr := Rsqr_abs (1 - eta * L)); unfold Rsqr in high_sqr; nra. }
assert (vv_ge0 := dot_ge0 d v).
set (slope := eta * eta * (L + mu) - 2 * eta).
assert (below : (1 - eta * mu) * (1 - eta * mu) * dot d v v
    - 2 * eta * (1 - eta * mu) * dot d v A + eta * eta * dot d A A
  <= (1 - eta * mu) * (1 - eta * mu) * dot d v v + slope * dot d v A).
{ assert (eta_sqr := Rle_0_sqr eta); unfold Rsqr in eta_sqr.
  unfold slope; nra. }
destruct (Rle_lt_dec slope 0) as [slope_le0 | slope_gt0].
- nra.
- assert (at_end : slope * dot d v A <= slope * ((L - mu) * dot d v v)) by nra.
  assert (ends : (1 - eta * mu) * (1 - eta * mu) + slope * (L - mu)
    = (1 - eta * L) * (1 - eta * L)) by (unfold slope; ring).
  nra.
Qed.

Lemma step_any L mu eta v :
  smooth n d X L -> strongly_convex_on_rows n d X mu ->
  in_row_space n d X v ->
  norm d (step eta v) <= step_factor mu L eta * norm d v.
Proof.
intros G_le G_ge v_row.
assert (sqr_le := step_any_sqr L mu eta v G_le G_ge v_row).
assert (factor_ge0 := step_factor_ge0 mu L eta).
apply norm_le; [apply Rmult_le_pos; [exact factor_ge0 | apply norm_ge0] |].
assert (vv := norm_sqr d v); nra.
Qed.

(** All steps *)

Lemma contraction_prod eta T c :
  (forall t, (t < T)%nat -> forall v, in_row_space n d X v ->
    norm d (step (eta t) v) <= c t * norm d v) ->
  contraction n d eta X T (prod T c).
Proof.
intros step_le v v_row; induction T as [| T IHT]; [simpl; lra |].
rewrite (norm_ext d _ _ (fun i _ => descent_operator_step eta T v i)).
assert (before : norm d (p_ eta T v) <= prod T c * norm d v).
{ apply IHT; intros t t_lt; apply step_le; lia. }
assert (last_le : norm d (step (eta T) (p_ eta T v))
  <= c T * norm d (p_ eta T v)).
{ apply step_le; [lia |]; apply row_space_descent_operator, v_row. }
assert (v_le : norm d (step (eta T) v) <= c T * norm d v).
{ apply step_le; [lia | exact v_row]. }
assert (v_ge0 := norm_ge0 d v).
assert (step_ge0 := norm_ge0 d (step (eta T) v)).
assert (iterate_ge0 := norm_ge0 d (p_ eta T v)).
simpl prod.
destruct (Rle_lt_dec 0 (c T)) as [c_ge0 | c_lt0]; [nra |].
(* c_T < 0 only where all norms are 0 *)
assert (v_norm : norm d v = 0) by nra.
rewrite v_norm in before |- *; nra.
Qed.

(** f = prod (1 - eta_t mu), 0 <= eta_t <= 1/L *)
Theorem contraction_small_steps mu L eta T :
  smooth n d X L -> strongly_convex_on_rows n d X mu ->
  small_steps L eta T ->
  contraction n d eta X T (prod T (fun t => 1 - eta t * mu)).
Proof.
intros G_le G_ge steps_small.
apply contraction_prod; intros t t_lt v v_row.
destruct (steps_small t t_lt) as [eta_ge0 eta_le].
apply (step_small L mu); assumption.
Qed.

(** f = (1 - eta mu)^T, 0 <= eta <= 1/L *)
Theorem contraction_small_constant mu L eta T :
  smooth n d X L -> strongly_convex_on_rows n d X mu ->
  0 <= eta -> eta * L <= 1 ->
  contraction n d (fun _ => eta) X T ((1 - eta * mu) ^ T).
Proof.
intros G_le G_ge eta_ge0 eta_le; rewrite <- prod_const.
apply (contraction_small_steps mu L (fun _ => eta)); try assumption.
intros t _; split; assumption.
Qed.

Lemma contraction_le eta T f g :
  f <= g -> contraction n d eta X T f -> contraction n d eta X T g.
Proof.
intros fg_le contracts v v_row; apply Rle_trans with (1 := contracts v v_row).
apply Rmult_le_compat_r; [apply norm_ge0 | exact fg_le].
Qed.

(** f = prod max(|1 - eta_t mu|, |1 - eta_t L|), any steps *)
Theorem contraction_schedule mu L eta T :
  smooth n d X L -> strongly_convex_on_rows n d X mu ->
  contraction n d eta X T (prod T (fun t => step_factor mu L (eta t))).
Proof.
intros G_le G_ge; apply contraction_prod; intros t _ v v_row.
apply step_any; assumption.
Qed.

(** f = max(|1 - eta mu|, |1 - eta L|)^T, any step *)
Theorem contraction_constant mu L eta T :
  smooth n d X L -> strongly_convex_on_rows n d X mu ->
  contraction n d (fun _ => eta) X T (step_factor mu L eta ^ T).
Proof.
intros G_le G_ge; rewrite <- prod_const.
apply (contraction_schedule mu L (fun _ => eta)); assumption.
Qed.

(** Small steps: p_T(G), G p_T(G) and p_T(G) - p_T(G)^2 are positive
    semidefinite. Every factor is a combination of I and L I - G,
      1 - eta x = (1 - eta L) + eta (L - x),
    with coefficients that are not negative, and the powers of L I - G are
    positive semidefinite. *)

Local Notation power L k := (pencils n d X (fun _ => L) (fun _ => -1) k).

Lemma power_twice L k v :
  veq d (power L (k + k) v) (power L k (power L k v)).
Proof.
assert (plus_eq : forall j, veq d (power L (j + k) v)
  (power L j (power L k v))).
{ induction j as [| j IHj]; [apply veq_refl |].
  simpl; apply pencil_ext, IHj. }
apply plus_eq.
Qed.

Lemma power_form_ge0 L p q k v :
  smooth n d X L -> 0 <= p -> 0 <= q ->
  0 <= form n d X p q v (power L k v).
Proof.
intros G_le p_ge0 q_ge0.
destruct (Nat.Even_or_Odd k) as [[j k_eq] | [j k_eq]].
- replace k with (j + j)%nat by lia.
  rewrite (form_ext n d X p q v v _ (power L j (power L j v)));
    [| apply veq_refl | apply power_twice].
  rewrite form_pencils_sym; apply form_ge0; assumption.
- replace k with (S (j + j)) by lia; simpl.
  rewrite (form_ext n d X p q v v _
    (power L j (pencil n d X L (-1) (power L j v)))); [| apply veq_refl |].
  + rewrite form_pencils_sym; set (w := power L j v).
    assert (expand : form n d X p q w (pencil n d X L (-1) w)
      = p * (L * dot d w w - energy n d X w)
        + q * (L * energy n d X w - dot d (G w) (G w))).
    { rewrite <- dot_pencil, dot_pencil_sym.
      unfold pencil; rewrite !dot_add_l, !dot_add_r.
      rewrite !dot_scale_l, !dot_scale_r, (dot_sym d (G w) w).
      rewrite dot_gram; unfold energy; ring. }
    rewrite expand.
    assert (w_le := G_le w); assert (Gw_le := gram_sqr n d X L w G_le).
    apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra.
  + eapply veq_trans; [apply pencil_ext, power_twice |].
    apply pencil_pencils_comm.
Qed.

(** If the form is >= 0 for all powers times W v, then so it is for all powers
    times p_T(G) W v. *)
Lemma power_operator_form_ge0 L p q eta T v w :
  small_steps L eta T ->
  (forall k, 0 <= form n d X p q v (power L k w)) ->
  forall k, 0 <= form n d X p q v (power L k (p_ eta T w)).
Proof.
intros steps_small w_ge0; induction T as [| T IHT]; intros k.
- apply w_ge0.
- assert (before := IHT (small_steps_le L eta T (S T)
    (Nat.le_succ_diag_r T) steps_small)).
  destruct (steps_small T (Nat.lt_succ_diag_r T)) as [eta_ge0 eta_le].
  set (u := p_ eta T w) in *.
  assert (mix : veq d (p_ eta (S T) w)
    (vadd (vscale (1 - eta T * L) u)
      (vscale (eta T) (pencil n d X L (-1) u)))).
  { intros i _; rewrite descent_operator_step; fold u.
    unfold vadd, vscale; rewrite !pencil_entry; ring. }
  assert (mixed : form n d X p q v (power L k (p_ eta (S T) w))
    = (1 - eta T * L) * form n d X p q v (power L k u)
      + eta T * form n d X p q v (power L (S k) u)).
  { rewrite (form_ext n d X p q v v _
      (vadd (vscale (1 - eta T * L) (power L k u))
        (vscale (eta T) (power L (S k) u)))); [| apply veq_refl |].
    - rewrite (form_sym _ (form_bilinear n d X p q)).
      rewrite (form_add _ (form_bilinear n d X p q)).
      rewrite !(form_scale _ (form_bilinear n d X p q)).
      rewrite !(form_sym _ (form_bilinear n d X p q) v); reflexivity.
    - eapply veq_trans; [apply pencils_ext, mix |].
      eapply veq_trans; [apply pencils_add |].
      intros i i_lt; unfold vadd at 1 2.
      rewrite !pencils_scale by exact i_lt; unfold vscale.
      rewrite <- (pencil_pencils_comm n d X L (-1) _ _ k u i i_lt).
      reflexivity. }
  rewrite mixed.
  assert (low := before k); assert (high := before (S k)).
  apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra.
Qed.

(** 0 <= v' p_T(G) v *)
Lemma operator_ge0 L eta T v :
  smooth n d X L -> small_steps L eta T ->
  0 <= dot d v (p_ eta T v).
Proof.
intros G_le steps_small.
assert (form_ge := power_operator_form_ge0 L 1 0 eta T v v steps_small
  (fun k => power_form_ge0 L 1 0 k v G_le Rle_0_1 (Rle_refl 0)) 0%nat).
simpl in form_ge; unfold form in form_ge; lra.
Qed.

(** 0 <= v' G p_T(G) v *)
Lemma operator_energy_ge0 L eta T v :
  smooth n d X L -> small_steps L eta T ->
  0 <= dot n (Xm v) (Xm (p_ eta T v)).
Proof.
intros G_le steps_small.
assert (form_ge := power_operator_form_ge0 L 0 1 eta T v v steps_small
  (fun k => power_form_ge0 L 0 1 k v G_le (Rle_refl 0) Rle_0_1) 0%nat).
simpl in form_ge; unfold form in form_ge; lra.
Qed.

(** 0 <= v' G p_S(G) p_T(G) v *)
Lemma operators_energy_ge0 L eta S T v :
  smooth n d X L -> small_steps L eta S -> small_steps L eta T ->
  0 <= dot n (Xm (p_ eta S v)) (Xm (p_ eta T v)).
Proof.
intros G_le S_small T_small.
assert (form_ge := power_operator_form_ge0 L 0 1 eta S v (p_ eta T v) S_small
  (power_operator_form_ge0 L 0 1 eta T v v T_small
    (fun k => power_form_ge0 L 0 1 k v G_le (Rle_refl 0) Rle_0_1)) 0%nat).
rewrite <- energy_descent_operator.
simpl in form_ge; unfold form in form_ge; lra.
Qed.

(** v' p_(T+1)(G) v = v' p_T(G) v - eta_T v' G p_T(G) v *)
Lemma dot_operator_step eta T u v :
  dot d u (p_ eta (S T) v)
  = dot d u (p_ eta T v) - eta T * dot n (Xm u) (Xm (p_ eta T v)).
Proof. simpl; rewrite dot_sub_r, dot_scale_r, dot_gram; reflexivity. Qed.

(** p_T(G)^2 <= p_T(G): 1 - p_T(x) is the sum of the eta_t x p_t(x). *)
Lemma operator_sqr_le L eta T v :
  smooth n d X L -> small_steps L eta T ->
  dot d (p_ eta T v) (p_ eta T v) <= dot d v (p_ eta T v).
Proof.
intros G_le steps_small.
assert (partial : forall t, (t <= T)%nat ->
  dot d (p_ eta T v) (p_ eta t v) <= dot d v (p_ eta T v)).
{ induction t as [| t IHt]; intros t_le.
  - simpl; rewrite dot_sym; apply Rle_refl.
  - rewrite dot_operator_step.
    assert (before := IHt (Nat.lt_le_incl t T t_le)).
    destruct (steps_small t t_le) as [eta_ge0 _].
    assert (energy_ge := operators_energy_ge0 L eta T t v G_le steps_small
      (small_steps_le L eta t T (Nat.lt_le_incl t T t_le) steps_small)).
    assert (product_ge0 := Rmult_le_pos _ _ eta_ge0 energy_ge); lra. }
apply partial, Nat.le_refl.
Qed.

(** |v - p_T(G) v| <= |v|, as 0 <= p_T(G) <= I *)
Lemma operator_complement_le L eta T v :
  smooth n d X L -> small_steps L eta T ->
  norm d (vsub v (p_ eta T v)) <= norm d v.
Proof.
intros G_le steps_small; apply norm_le_norm.
rewrite !dot_sub_l, !dot_sub_r, (dot_sym d (p_ eta T v) v).
assert (sqr_le := operator_sqr_le L eta T v G_le steps_small).
assert (form_ge := operator_ge0 L eta T v G_le steps_small); lra.
Qed.

End Descent.
