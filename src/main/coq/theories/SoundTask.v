(** Soundness of the rules about labels: realizable, least-squares, unmet. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Import Vectors Model Certificate Meaning Reflect.

Local Open Scope R_scope.

(** * Least squares *)

Lemma mulmv_tr_residual n d X y v j :
  mulmv n (tr X) (residual d X y v) j
  = moment n X y j - mulmv d (gram n X) v j.
Proof.
unfold residual; rewrite mulmv_sub; f_equal.
unfold mulmv, gram, mulmm, dot.
transitivity (sum n (fun r => sum d (fun c => tr X j r * (X r c * v c)))).
- apply sum_ext; intros r _; rewrite sum_scale; reflexivity.
- rewrite sum_swap; apply sum_ext; intros c _.
  rewrite Rmult_comm, <- sum_scale; apply sum_ext; intros; ring.
Qed.

(** The residual of a solution of the normal equations is orthogonal to the
    columns of X. *)
Lemma residual_orthogonal n d X y tt w :
  least_squares n d X y tt ->
  dot n (residual d X y tt) (mulmv d X w) = 0.
Proof.
intros tt_solves; rewrite dot_sym, dot_mulmv_tr, dot_sym.
apply sum_zero; intros j j_lt.
rewrite mulmv_tr_residual, (tt_solves j j_lt); ring.
Qed.

Lemma least_squares_minimal n d X y tt v :
  least_squares n d X y tt -> loss n d X y tt <= loss n d X y v.
Proof.
intros tt_solves; unfold loss.
set (w := vsub v tt); set (r := residual d X y tt).
assert (r_eq : veq n (residual d X y v) (vsub r (mulmv d X w))).
{ intros k _; unfold r, residual, vsub at 1 2 3, w.
  rewrite mulmv_sub; ring. }
rewrite (dot_ext n _ _ _ _ r_eq r_eq), dot_sub_l, !dot_sub_r.
rewrite (dot_sym n (mulmv d X w) r).
assert (orthogonal := residual_orthogonal n d X y tt w tt_solves).
fold r in orthogonal; rewrite orthogonal.
assert (square_ge0 := dot_ge0 n (mulmv d X w)); lra.
Qed.

Lemma realizable_loss n d X y v :
  realizable n d X y v -> loss n d X y v = 0.
Proof.
intros v_realizes; unfold loss.
rewrite (dot_ext n _ vzero _ vzero); [rewrite dot_zero_l; ring | |];
  intros k k_lt; unfold residual, vsub, vzero; rewrite v_realizes by exact k_lt;
  ring.
Qed.

Lemma realizable_least_squares n d X y v :
  realizable n d X y v -> least_squares n d X y v.
Proof.
intros v_realizes j _.
apply Rminus_diag_uniq_sym; rewrite <- mulmv_tr_residual.
apply sum_zero; intros k k_lt; unfold residual, vsub.
rewrite v_realizes by exact k_lt; ring.
Qed.

(** G w lies in the row space. *)
Lemma gram_in_row_space n d X w :
  in_row_space n d X (mulmv d (gram n X) w).
Proof.
intros u u_null.
transitivity (dot n (mulmv d X u) (mulmv d X w)).
- rewrite dot_mulmv_tr; apply dot_ext; [intros k _; reflexivity |].
  intros j _; assert (image := mulmv_tr_residual n d X vzero w j).
  unfold residual in image; rewrite mulmv_sub in image.
  unfold moment in image; lra.
- rewrite (dot_ext n _ vzero _ (mulmv d X w)); [apply dot_zero_l | |].
  + exact u_null.
  + intros k _; reflexivity.
Qed.

Lemma in_row_space_ext n d X u v :
  veq d u v -> in_row_space n d X u -> in_row_space n d X v.
Proof.
intros uv_eq u_rows w w_null; rewrite <- (u_rows w w_null).
apply dot_ext; [intros k _; reflexivity |].
intros k k_lt; symmetry; apply uv_eq, k_lt.
Qed.

Section Task.

Context {I : Type} (value : I -> R) (i : instance I) (eta : nat -> R).

Local Notation fraction := (fraction value).
Local Notation entries := (entries value).
Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation y := (labels_y value i).
Local Notation meaning := (meaning value i eta).
Local Notation has_rank := (has_rank value i).

Lemma full_rank_injective v :
  has_rank d -> veq n (mulmv d X v) vzero -> veq d v vzero.
Proof.
intros (_ & basis & _ & _ & spans) v_null j j_lt.
destruct (spans v v_null) as (c & v_eq); rewrite v_eq by exact j_lt.
rewrite Nat.sub_diag; reflexivity.
Qed.

Lemma full_rank_row_space v : has_rank d -> in_row_space n d X v.
Proof.
intros rank_d u u_null.
rewrite (dot_ext d u vzero v v); [apply dot_zero_l | |].
- apply full_rank_injective; assumption.
- intros k _; reflexivity.
Qed.

Lemma full_rank_unique u v :
  has_rank d -> realizable n d X y u -> realizable n d X y v -> veq d u v.
Proof.
intros rank_d u_realizes v_realizes j j_lt.
assert (difference : vsub u v j = 0).
{ apply full_rank_injective; [exact rank_d | | exact j_lt].
  intros k k_lt; rewrite mulmv_sub, <- u_realizes, <- v_realizes by exact k_lt.
  unfold vzero; ring. }
unfold vsub in difference; lra.
Qed.

(** * unmet *)

Lemma unmet_label_noise theorem theta s res r :
  meaning (HasLeastSquares theta s res r) -> fraction res <> 0 ->
  meaning (IsUnmet theorem LabelNoise).
Proof.
intros (_ & _ & res_eq & minimal & _) res_ne0 v v_realizes; apply res_ne0.
assert (loss_le := minimal v).
rewrite (realizable_loss n d X y v v_realizes) in loss_le.
assert (loss_ge0 := dot_ge0 n (residual d X y (entries theta))).
rewrite res_eq; unfold loss in *; lra.
Qed.

Lemma unmet_rank_deficient theorem b r :
  meaning (HasSmallestAtLeast b r) -> (N.to_nat r < d)%nat ->
  meaning (IsUnmet theorem RankDeficient).
Proof.
intros (_ & _ & rank_r) r_lt; exists (N.to_nat r); split; assumption.
Qed.

Lemma unmet_large_step theorem c t :
  meaning (HasLambdaMaxAtLeast c) ->
  (0 < eta t -> 1 < eta t * fraction c) ->
  meaning (IsUnmet theorem LargeStep).
Proof.
intros (c_gt0 & c_le) eta_large l lambda_l; exists t; intros (eta_gt0 & le_1).
assert (c_le_l := c_le l lambda_l).
assert (product_le : eta t * fraction c <= eta t * l)
  by (apply Rmult_le_compat_l; lra).
assert (large := eta_large eta_gt0); lra.
Qed.

Lemma unmet_other_norm theorem theta s b r :
  meaning (IsRealizable theta s) -> meaning (HasSmallestAtLeast b r) ->
  fraction s <> 1 -> meaning (IsUnmet theorem OtherNorm).
Proof.
intros (theta_realizes & s_eq & own) _ s_ne1 v v_realizes same dot_eq.
apply s_ne1; rewrite s_eq, <- dot_eq.
assert (same_entries : veq d (entries theta) v).
{ destruct same as [rank_d | same_own].
  - apply full_rank_unique; assumption.
  - destruct (task i) as [task_theta |]; [| contradiction].
    intros j j_lt; rewrite own, same_own by exact j_lt; reflexivity. }
apply dot_ext; exact same_entries.
Qed.

(** * least-squares *)

Lemma least_squares_meaning theta s res b r :
  meaning (HasSmallestAtLeast b r) ->
  least_squares n d X y (entries theta) ->
  in_row_space n d X (entries theta) ->
  fraction s = dot d (entries theta) (entries theta) ->
  fraction res = dot n (residual d X y (entries theta))
                       (residual d X y (entries theta)) ->
  meaning (HasLeastSquares theta s res r).
Proof.
intros (_ & _ & rank_r) solves in_rows s_eq res_eq.
split; [split; assumption |].
split; [exact s_eq |].
split; [rewrite res_eq; unfold loss; field |].
split; [| exact rank_r].
intros v; apply least_squares_minimal, solves.
Qed.

End Task.
