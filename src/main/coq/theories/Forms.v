(** The matrices p I + q G with G = X'X, and their forms. Whatever follows for
    the convergence of gradient descent follows from the Cauchy-Schwarz
    inequality for these forms; eigenvectors are not needed.

    - [cauchy_schwarz_form]: for every positive semidefinite bilinear form
    - [pencil_sqr]: |A v|^2 <= c v'A v for A = p I + q G with 0 <= A <= c I on
      an invariant subspace
    - [gram_sqr]: |G v|^2 <= L |X v|^2 for G <= L I
    - [pencils_comm], [dot_pencils]: products of such matrices commute and are
      symmetric

    Exports: these, [form] (v'(p I + q G) w), [pencil] ((p I + q G) v),
    [pencils] (products), [invariant], and closure of the row space. *)

From Coq Require Import Reals Lra Lia Arith.
From Loopcert Require Import Vectors Model.

Local Open Scope R_scope.

Record bilinear_sym (f : vec -> vec -> R) : Prop := {
  form_sym : forall u v, f u v = f v u;
  form_add : forall u v w, f (vadd u v) w = f u w + f v w;
  form_scale : forall c u v, f (vscale c u) v = c * f u v
}.

(** f(u, v)^2 <= f(u, u) f(v, v), if f >= 0 at v and on the line u + x v *)
Lemma cauchy_schwarz_form f u v :
  bilinear_sym f -> 0 <= f v v ->
  (forall x, 0 <= f (vadd u (vscale x v)) (vadd u (vscale x v))) ->
  f u v * f u v <= f u u * f v v.
Proof.
intros f_bilinear v_ge0 line_ge0.
apply quadratic_discriminant; [exact v_ge0 |].
intros x; assert (point_ge0 := line_ge0 x).
rewrite (form_add f f_bilinear), (form_scale f f_bilinear) in point_ge0.
rewrite (form_sym f f_bilinear u), (form_sym f f_bilinear v) in point_ge0.
rewrite !(form_add f f_bilinear), !(form_scale f f_bilinear) in point_ge0.
rewrite (form_sym f f_bilinear v u) in point_ge0; lra.
Qed.

(** The gram matrix *)

(** G v = X'(X v) *)
Lemma gram_mulmv n d X v i :
  mulmv d (gram n X) v i = mulmv n (tr X) (mulmv d X v) i.
Proof.
unfold mulmv, dot, gram, mulmm, tr.
transitivity (sum d (fun k => sum n (fun r => X r i * X r k * v k))).
- apply sum_ext; intros k _.
  rewrite Rmult_comm, <- sum_scale; apply sum_ext; intros; ring.
- rewrite sum_swap; apply sum_ext; intros r _.
  rewrite <- sum_scale; apply sum_ext; intros; ring.
Qed.

(** u'G v = <X u, X v> *)
Lemma dot_gram n d X u v :
  dot d u (mulmv d (gram n X) v) = dot n (mulmv d X u) (mulmv d X v).
Proof.
rewrite dot_mulmv_tr; apply dot_ext; [apply veq_refl |].
intros i _; apply gram_mulmv.
Qed.

Lemma energy_ge0 n d X v : 0 <= energy n d X v.
Proof. apply dot_ge0. Qed.

(** u'(p I + q G) v *)
Definition form (n d : nat) (X : mat) (p q : R) (u v : vec) : R :=
  p * dot d u v + q * dot n (mulmv d X u) (mulmv d X v).

(** (p I + q G) v *)
Definition pencil (n d : nat) (X : mat) (p q : R) (v : vec) : vec :=
  vadd (vscale p v) (vscale q (mulmv d (gram n X) v)).

(** (p_(k-1) I + q_(k-1) G) .. (p_0 I + q_0 G) v *)
Fixpoint pencils (n d : nat) (X : mat) (p q : nat -> R) (k : nat) (v : vec) :
    vec :=
  match k with
  | O => v
  | S s => pencil n d X (p s) (q s) (pencils n d X p q s v)
  end.

Section Forms.

Variables (n d : nat) (X : mat).

Local Notation Xm := (mulmv d X).
Local Notation G := (mulmv d (gram n X)).

Lemma form_ext p q u u' v v' :
  veq d u u' -> veq d v v' -> form n d X p q u v = form n d X p q u' v'.
Proof.
intros u_eq v_eq; unfold form; f_equal; f_equal; apply dot_ext;
  try assumption; intros i _; apply mulmv_ext; assumption.
Qed.

Lemma form_bilinear p q : bilinear_sym (form n d X p q).
Proof.
split; unfold form.
- intros u v; rewrite (dot_sym d u), (dot_sym n (Xm u)); reflexivity.
- intros u v w.
  rewrite dot_add_l.
  rewrite (dot_ext n (Xm (vadd u v)) (vadd (Xm u) (Xm v)) (Xm w) (Xm w)).
  + rewrite dot_add_l; ring.
  + intros i _; apply mulmv_add.
  + apply veq_refl.
- intros c u v.
  rewrite dot_scale_l.
  rewrite (dot_ext n (Xm (vscale c u)) (vscale c (Xm u)) (Xm v) (Xm v)).
  + rewrite dot_scale_l; ring.
  + intros i _; apply mulmv_scale.
  + apply veq_refl.
Qed.

Lemma form_energy p q v :
  form n d X p q v v = p * dot d v v + q * energy n d X v.
Proof. reflexivity. Qed.

Lemma dot_pencil p q u v : dot d u (pencil n d X p q v) = form n d X p q u v.
Proof.
unfold pencil, form; rewrite dot_add_r, !dot_scale_r, dot_gram; reflexivity.
Qed.

Lemma pencil_ext p q u v :
  veq d u v -> veq d (pencil n d X p q u) (pencil n d X p q v).
Proof.
intros uv_eq i i_lt; unfold pencil, vadd, vscale.
rewrite (mulmv_ext d _ u v i uv_eq), uv_eq by exact i_lt; reflexivity.
Qed.

Lemma pencil_entry p q v i :
  pencil n d X p q v i = p * v i + q * G v i.
Proof. reflexivity. Qed.

Lemma pencil_add p q u v i :
  pencil n d X p q (vadd u v) i
  = vadd (pencil n d X p q u) (pencil n d X p q v) i.
Proof.
unfold vadd at 2; rewrite !pencil_entry, mulmv_add; unfold vadd; ring.
Qed.

Lemma pencil_scale p q c v i :
  pencil n d X p q (vscale c v) i = vscale c (pencil n d X p q v) i.
Proof.
unfold vscale at 2; rewrite !pencil_entry, mulmv_scale; unfold vscale; ring.
Qed.

Lemma gram_pencil p q v i :
  G (pencil n d X p q v) i = pencil n d X p q (G v) i.
Proof.
unfold pencil at 1; rewrite mulmv_add, !mulmv_scale, pencil_entry.
reflexivity.
Qed.

Lemma pencil_comm p q a b v i :
  pencil n d X p q (pencil n d X a b v) i
  = pencil n d X a b (pencil n d X p q v) i.
Proof.
rewrite !(pencil_entry _ _ (pencil n d X _ _ v)), !gram_pencil.
rewrite !pencil_entry; ring.
Qed.

(** p I + q G is symmetric. *)
Lemma dot_pencil_sym p q u v :
  dot d u (pencil n d X p q v) = dot d (pencil n d X p q u) v.
Proof.
rewrite dot_pencil, (form_sym _ (form_bilinear p q)), <- dot_pencil.
apply dot_sym.
Qed.

Lemma form_pencil_sym a b p q u v :
  form n d X a b u (pencil n d X p q v)
  = form n d X a b (pencil n d X p q u) v.
Proof.
rewrite <- !dot_pencil.
rewrite (dot_ext d u u _ (pencil n d X p q (pencil n d X a b v)));
  [apply dot_pencil_sym | apply veq_refl |].
intros i _; apply pencil_comm.
Qed.

Lemma form_ge0 p q v : 0 <= p -> 0 <= q -> 0 <= form n d X p q v v.
Proof.
intros p_ge0 q_ge0; rewrite form_energy.
apply Rplus_le_le_0_compat; apply Rmult_le_pos;
  try assumption; [apply dot_ge0 | apply energy_ge0].
Qed.

(** Products *)

Lemma pencils_ext p q k u v :
  veq d u v -> veq d (pencils n d X p q k u) (pencils n d X p q k v).
Proof.
intros uv_eq; induction k as [| k IHk]; simpl; [exact uv_eq |].
apply pencil_ext, IHk.
Qed.

Lemma pencils_add p q k u v :
  veq d (pencils n d X p q k (vadd u v))
    (vadd (pencils n d X p q k u) (pencils n d X p q k v)).
Proof.
induction k as [| k IHk]; simpl; [apply veq_refl |].
eapply veq_trans; [apply pencil_ext, IHk |].
intros i _; apply pencil_add.
Qed.

Lemma pencils_scale p q k c v :
  veq d (pencils n d X p q k (vscale c v))
    (vscale c (pencils n d X p q k v)).
Proof.
induction k as [| k IHk]; simpl; [apply veq_refl |].
eapply veq_trans; [apply pencil_ext, IHk |].
intros i _; apply pencil_scale.
Qed.

Lemma pencil_pencils_comm a b p q k v :
  veq d (pencil n d X a b (pencils n d X p q k v))
    (pencils n d X p q k (pencil n d X a b v)).
Proof.
induction k as [| k IHk]; simpl; [apply veq_refl |].
eapply veq_trans; [| apply pencil_ext, IHk].
intros i _; apply pencil_comm.
Qed.

Lemma pencils_comm a b p q k l v :
  veq d (pencils n d X a b k (pencils n d X p q l v))
    (pencils n d X p q l (pencils n d X a b k v)).
Proof.
induction k as [| k IHk]; simpl; [apply veq_refl |].
eapply veq_trans; [apply pencil_ext, IHk | apply pencil_pencils_comm].
Qed.

Lemma form_pencils_sym a b p q k u v :
  form n d X a b u (pencils n d X p q k v)
  = form n d X a b (pencils n d X p q k u) v.
Proof.
revert u; induction k as [| k IHk]; intros u; simpl; [reflexivity |].
rewrite form_pencil_sym, IHk; apply form_ext; [| apply veq_refl].
apply veq_sym, pencil_pencils_comm.
Qed.

(** A product of symmetric matrices that commute is symmetric. *)
Lemma dot_pencils p q k u v :
  dot d u (pencils n d X p q k v) = dot d (pencils n d X p q k u) v.
Proof.
assert (sym := form_pencils_sym 1 0 p q k u v); unfold form in sym; lra.
Qed.

(** The row space *)

Definition invariant (V : vec -> Prop) : Prop :=
  (forall u v, V u -> V v -> V (vadd u v)) /\
  (forall c v, V v -> V (vscale c v)) /\
  (forall v, V v -> V (G v)).

Lemma invariant_all : invariant (fun _ => True).
Proof. repeat split. Qed.

Lemma invariant_row_space : invariant (in_row_space n d X).
Proof.
split; [| split].
- intros u v u_row v_row w w_null.
  rewrite dot_add_r, u_row, v_row by exact w_null; ring.
- intros c v v_row w w_null.
  rewrite dot_scale_r, v_row by exact w_null; ring.
- intros v _ w w_null.
  rewrite dot_gram, (dot_ext n (Xm w) vzero (Xm v) (Xm v));
    [apply dot_zero_l | exact w_null | apply veq_refl].
Qed.

(** G v is in the row space for every v. *)
Lemma row_space_gram v : in_row_space n d X (G v).
Proof.
intros w w_null.
rewrite dot_gram, (dot_ext n (Xm w) vzero (Xm v) (Xm v));
  [apply dot_zero_l | exact w_null | apply veq_refl].
Qed.

Lemma row_space_zero : in_row_space n d X vzero.
Proof. intros w _; apply dot_zero_r. Qed.

Lemma row_space_ext u v :
  veq d u v -> in_row_space n d X u -> in_row_space n d X v.
Proof.
intros uv_eq u_row w w_null.
rewrite (dot_ext d w w v u); [apply u_row, w_null | apply veq_refl |].
apply veq_sym, uv_eq.
Qed.

Lemma invariant_pencil V p q v :
  invariant V -> V v -> V (pencil n d X p q v).
Proof.
intros [V_add [V_scale V_gram]] v_in; apply V_add; apply V_scale.
- exact v_in.
- apply V_gram, v_in.
Qed.

Lemma invariant_pencils V p q k v :
  invariant V -> V v -> V (pencils n d X p q k v).
Proof.
intros V_inv v_in; induction k as [| k IHk]; simpl; [exact v_in |].
apply invariant_pencil; assumption.
Qed.

(** |A v|^2 <= c v'A v where 0 <= A = p I + q G <= c I *)
Lemma pencil_sqr V p q c v :
  invariant V ->
  (forall w, V w -> 0 <= form n d X p q w w) ->
  (forall w, V w -> form n d X p q w w <= c * dot d w w) ->
  V v ->
  dot d (pencil n d X p q v) (pencil n d X p q v)
  <= c * form n d X p q v v.
Proof.
intros V_inv A_ge0 A_le v_in.
set (w := pencil n d X p q v).
assert (w_in : V w) by (apply invariant_pencil; assumption).
assert (w_sqr : dot d w w = form n d X p q v w).
{ unfold w at 2; rewrite dot_pencil.
  apply (form_sym _ (form_bilinear p q)). }
assert (schwarz := cauchy_schwarz_form _ v w
  (form_bilinear p q) (A_ge0 w w_in)).
rewrite <- w_sqr in schwarz.
assert (square_le :
  dot d w w * dot d w w
  <= form n d X p q v v * form n d X p q w w).
{ apply schwarz; intros x; apply A_ge0.
  destruct V_inv as [V_add [V_scale _]]; auto. }
assert (v_ge0 := A_ge0 v v_in); assert (v_le := A_le v v_in).
assert (w_le := A_le w w_in).
assert (vv_ge0 := dot_ge0 d v); assert (ww_ge0 := dot_ge0 d w).
assert (chain : dot d w w * dot d w w
  <= c * form n d X p q v v * dot d w w) by nra.
destruct (Rle_lt_or_eq_dec 0 (dot d w w) ww_ge0) as [ww_gt0 | ww_eq0].
- exact (Rmult_le_reg_r _ _ _ ww_gt0 chain).
- rewrite <- ww_eq0.
  destruct (Rle_lt_dec 0 c) as [c_ge0 | c_lt0]; nra.
Qed.

(** |G v|^2 <= L |X v|^2 *)
Lemma gram_sqr L v :
  smooth n d X L -> dot d (G v) (G v) <= L * energy n d X v.
Proof.
intros G_le.
assert (sqr_le := pencil_sqr (fun _ => True) 0 1 L v invariant_all).
rewrite form_energy, Rmult_0_l, Rplus_0_l, Rmult_1_l in sqr_le.
rewrite (dot_ext d (G v) (pencil n d X 0 1 v) (G v) (pencil n d X 0 1 v)).
- apply sqr_le; [| | exact I]; intros w _.
  + apply form_ge0; lra.
  + rewrite form_energy, Rmult_0_l, Rplus_0_l, Rmult_1_l; apply G_le.
- intros i _; unfold pencil, vadd, vscale; ring.
- intros i _; unfold pencil, vadd, vscale; ring.
Qed.

End Forms.

(** XX' <= L I where X'X <= L I *)
Lemma smooth_tr n d X L :
  0 <= L -> smooth n d X L -> smooth d n (tr X) L.
Proof.
intros L_ge0 G_le w; unfold energy.
set (z := mulmv n (tr X) w).
assert (zz : dot d z z = dot n w (mulmv d X z)).
{ rewrite (dot_sym n w), dot_mulmv_tr; reflexivity. }
assert (schwarz := cauchy_schwarz_sqr n w (mulmv d X z)).
rewrite <- zz in schwarz.
assert (z_le := G_le z); unfold energy in z_le.
assert (zz_ge0 := dot_ge0 d z); assert (ww_ge0 := dot_ge0 n w).
assert (chain : dot d z z * dot d z z <= L * dot n w w * dot d z z) by nra.
destruct (Rle_lt_or_eq_dec 0 (dot d z z) zz_ge0) as [zz_gt0 | zz_eq0].
- exact (Rmult_le_reg_r _ _ _ zz_gt0 chain).
- rewrite <- zz_eq0; apply Rmult_le_pos; assumption.
Qed.
