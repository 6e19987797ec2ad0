(** The solution that gradient descent goes to: e(t) = theta(t) - s with s the
    least-squares solution nearest to theta(0) (FORMAT.md, section 1). Its
    start e(0) is in the row space of X, whatever the rank, so that
    [Convergence.descent_distance] holds: a contraction by c gives
    |e(T)| <= c |e(0)|.

    Exports
    - [nearest_solution]: s exists, theta(0) - s is in the row space, and no
      other solution is as near
    - [nearest_unique]: a solution as near as s is s *)

From Coq Require Import Reals Lra.
From Loopcert Require Import Vectors Model Definite Spectral RowSpace.

Local Open Scope R_scope.

(** theta - s in the row space: |theta - v|^2 = |theta - s|^2 + |v - s|^2 for
    every other solution v *)
Lemma nearest_split n d X y theta s v :
  least_squares n d X y s -> in_row_space n d X (vsub theta s) ->
  least_squares n d X y v ->
  dot d (vsub theta v) (vsub theta v)
  = dot d (vsub theta s) (vsub theta s) + dot d (vsub v s) (vsub v s).
Proof.
intros s_solves rest_row v_solves.
assert (u_null := least_squares_difference n d X y s v s_solves v_solves).
set (u := vsub v s) in *; set (r := vsub theta s) in *.
assert (gap_eq : veq d (vsub theta v) (vsub r u)).
{ intros i _; unfold u, r, vsub; ring. }
rewrite (dot_ext d _ _ _ _ gap_eq gap_eq), dot_sub_l, !dot_sub_r.
rewrite (dot_sym d r u), (rest_row u u_null); ring.
Qed.

Theorem nearest_solution n d X y theta :
  exists s, least_squares n d X y s /\ in_row_space n d X (vsub theta s) /\
    forall v, least_squares n d X y v ->
      norm d (vsub theta s) <= norm d (vsub theta v).
Proof.
destruct (least_squares_exists n d X y) as [tt [tt_solves tt_row]].
destruct (row_space_split n d X theta) as [r [z [r_row [z_null theta_eq]]]].
assert (s_solves : least_squares n d X y (vadd tt z)).
{ intros i i_lt; rewrite mulmv_add, (tt_solves i i_lt), mulmv_gram.
  rewrite (mulmv_ext n (tr X) _ vzero i z_null).
  unfold mulmv; rewrite dot_zero_r; ring. }
assert (rest_row : in_row_space n d X (vsub theta (vadd tt z))).
{ intros u u_null.
  rewrite (dot_ext d u u _ (vsub r tt) (veq_refl d u)).
  - rewrite dot_sub_r, (r_row u u_null), (tt_row u u_null); ring.
  - intros i i_lt; unfold vsub at 1; rewrite (theta_eq i i_lt).
    unfold vadd, vsub; ring. }
exists (vadd tt z); split; [exact s_solves | split; [exact rest_row |]].
intros v v_solves; apply sqrt_le_1_alt.
rewrite (nearest_split n d X y theta (vadd tt z) v); trivial.
assert (gap_ge0 := dot_ge0 d (vsub v (vadd tt z))); lra.
Qed.

Theorem nearest_unique n d X y theta s v :
  least_squares n d X y s -> in_row_space n d X (vsub theta s) ->
  least_squares n d X y v ->
  norm d (vsub theta v) <= norm d (vsub theta s) -> veq d v s.
Proof.
intros s_solves rest_row v_solves norm_le.
assert (split_eq := nearest_split n d X y theta s v
                      s_solves rest_row v_solves).
assert (square_le : dot d (vsub theta v) (vsub theta v)
                    <= dot d (vsub theta s) (vsub theta s)).
{ rewrite <- !norm_sqr; assert (norm_v := norm_ge0 d (vsub theta v)).
  apply Rmult_le_compat; trivial. }
assert (gap_ge0 := dot_ge0 d (vsub v s)).
assert (gap_zero : dot d (vsub v s) (vsub v s) = 0) by lra.
intros i i_lt; assert (entry := dot_eq0 d _ gap_zero i i_lt).
unfold vsub, vzero in entry; lra.
Qed.
