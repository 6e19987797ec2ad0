(** Soundness of the rules about labels: realizable, least-squares, unmet. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require RowSpace Spectral Convergence.
From Loopcert Require Import Certificate Arithmetic Linear Rules.
From Loopcert Require Import Vectors Model Meaning Reflect.
From Loopcert Require Import Exactness Triangles SoundProblem SoundContraction.

Import ListNotations.

Local Open Scope R_scope.

(** * Least squares *)

Lemma realizable_loss n d X y v :
  realizable n d X y v -> loss n d X y v = 0.
Proof.
intros v_realizes; unfold loss.
rewrite (dot_ext n _ vzero _ vzero); [rewrite dot_zero_l; ring | |];
  intros k k_lt; unfold residual, vsub, vzero; rewrite v_realizes by exact k_lt;
  ring.
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

Lemma full_rank_of_rank : has_rank d -> full_rank n d X.
Proof.
intros (_ & basis & _ & _ & spans) v v_null j j_lt.
destruct (spans v v_null) as (c & v_eq); rewrite v_eq by exact j_lt.
rewrite Nat.sub_diag; reflexivity.
Qed.

Lemma rank_row_space v : has_rank d -> in_row_space n d X v.
Proof.
intros rank_d; apply Convergence.full_rank_row_space, full_rank_of_rank, rank_d.
Qed.

Lemma full_rank_unique u v :
  has_rank d -> realizable n d X y u -> realizable n d X y v -> veq d u v.
Proof.
intros rank_d u_realizes v_realizes j j_lt.
assert (difference : vsub u v j = 0).
{ apply full_rank_of_rank; [exact rank_d | | exact j_lt].
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
  constant_step i \/ (t < count_T i)%nat ->
  (0 < eta t -> 1 < eta t * fraction c) ->
  meaning (IsUnmet theorem LargeStep).
Proof.
intros (c_gt0 & c_le) t_judged eta_large l lambda_l.
exists t; split; [exact t_judged |]; intros (eta_gt0 & le_1).
assert (c_le_l := c_le l lambda_l).
assert (product_le : eta t * fraction c <= eta t * l)
  by (apply Rmult_le_compat_l; lra).
assert (large := eta_large eta_gt0); lra.
Qed.

Lemma unmet_other_norm theorem theta s b r :
  meaning (IsRealizable theta s) -> meaning (HasSmallestAtLeast b r) ->
  task i <> None \/ N.to_nat r = d ->
  fraction s <> 1 -> meaning (IsUnmet theorem OtherNorm).
Proof.
intros (theta_realizes & s_eq & own) (_ & _ & rank_r) meant s_ne1.
exists (entries theta); split; [exact theta_realizes |].
split; [| rewrite <- s_eq; exact s_ne1].
destruct meant as [named | r_eq]; [| left; rewrite <- r_eq; exact rank_r].
destruct (task i); [right; exact own | contradiction].
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
intros v; apply RowSpace.least_squares_minimises, solves.
Qed.

End Task.

(** * The rules *)

Section Rules.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).
Context (bounds : limits) (i : instance I) (eta : nat -> R).

Hypothesis i_formed : well_formed value i.
Hypothesis eta_steps : schedule_of value i eta.

Local Notation fraction := (fraction value).
Local Notation entries := (entries value).
Local Notation proper := (proper value).
Local Notation reals := (reals value).
Local Notation vdot := Vectors.dot.
Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation y := (labels_y value i).
Local Notation p := (make_problem o i).
Local Notation good := (good value i eta).
Local Notation sound := (sound value i eta).

Let square_pos : 0 < value (square p) := square_gt0 o value o_exact i i_formed.

(** u/D = l: |l|^2 *)
Lemma norm_square_value cap l u common :
  Forall proper l -> length l = d ->
  over_common o cap l = Some (u, common) ->
  proper (reduce o (Frac (Arithmetic.dot o u u) (mul o common common))) /\
  fraction (reduce o (Frac (Arithmetic.dot o u u) (mul o common common)))
  = vdot d (entries l) (entries l).
Proof.
intros l_proper l_length over.
destruct (over_common_value o value o_exact cap l u common l_proper over)
  as (common_gt0 & u_length & l_eq).
assert (den_gt0 : 0 < value (mul o common common)).
{ rewrite (value_mul o value o_exact); apply Rmult_lt_0_compat; assumption. }
split; [apply (proper_reduce o value o_exact); exact den_gt0 |].
rewrite (fraction_reduce o value o_exact); unfold Meaning.fraction; simpl.
rewrite (value_mul o value o_exact).
rewrite (value_dot o value o_exact d) by lia.
assert (l_scaled : veq d (entries l) (vscale (/ value common) (reals u))).
{ intros k _; unfold vscale; rewrite l_eq; unfold Rdiv; ring. }
rewrite (dot_ext d _ _ _ _ l_scaled l_scaled), dot_scale_l, dot_scale_r.
field; lra.
Qed.

(** The residual y - X l, times the common denominator *)
Lemma misfit_residual cap l u common :
  Forall proper l -> length l = d ->
  over_common o cap l = Some (u, common) ->
  0 < value common /\
  value (misfit o p u common)
  = value (square p) * (value common * value common)
    * vdot n (residual d X y (entries l)) (residual d X y (entries l)).
Proof.
intros l_proper l_length over.
destruct (over_common_value o value o_exact cap l u common l_proper over)
  as (common_gt0 & u_length & l_eq).
split; [exact common_gt0 |].
rewrite (misfit_value o value o_exact i i_formed) by lia.
rewrite (value_square o value o_exact).
set (r := residual d X y (entries l)).
assert (r_eq : veq n
  (vsub (vscale (value common) y) (mulmv d X (reals u)))
  (vscale (value common) r)).
{ intros k _; unfold r, residual, vscale, vsub.
  rewrite (mulmv_ext d X (reals u) (vscale (value common) (entries l)) k).
  - rewrite mulmv_scale; ring.
  - intros j _; unfold vscale; rewrite l_eq; field; lra. }
rewrite (dot_ext n _ _ _ _ r_eq r_eq), dot_scale_l, dot_scale_r; ring.
Qed.

(** * realizable *)

Lemma realizable_sound theta premises :
  Forall proper theta -> sound (Rules.realizable o bounds i p theta premises).
Proof.
intros theta_proper; unfold Rules.realizable.
apply sound_require; intros _.
apply sound_require; intros same; apply same_length_eq in same.
destruct (over_common o (cap bounds) theta) as [[u common] |] eqn:over;
  [| apply sound_refused].
apply sound_require; intros misfit_zero.
apply sound_require; intros own; apply sound_proved.
destruct (norm_square_value _ _ _ _ theta_proper same over)
  as (norm_proper & norm_eq).
destruct (misfit_residual _ _ _ _ theta_proper same over)
  as (common_gt0 & misfit_eq).
split; [| split; [exact same | split; assumption]].
split; [| split; [exact norm_eq |]].
- apply (eqb_value o value o_exact) in misfit_zero.
  rewrite (value_zero o value o_exact), misfit_eq in misfit_zero.
  assert (factor_gt0 : 0 < value (square p) * (value common * value common))
    by (apply Rmult_lt_0_compat; [exact square_pos |];
        apply Rmult_lt_0_compat; assumption).
  assert (square_zero : vdot n (residual d X y (entries theta))
    (residual d X y (entries theta)) = 0).
  { apply (Rmult_eq_reg_l _ _ _ (eq_trans misfit_zero
      (eq_sym (Rmult_0_r _)))); lra. }
  intros k k_lt; assert (zero := dot_eq0 n _ square_zero k k_lt).
  unfold residual, vsub, vzero in zero; lra.
- assert (own_proper := task_proper value i i_formed).
  destruct (task i) as [own_theta |]; [| trivial].
  destruct own_proper as (_ & own_proper).
  intros k _; apply (fequal_entries o value o_exact); assumption.
Qed.

(** * least-squares *)

Lemma proportional_reals c a : forall b,
  proportional o a c b = true -> forall k, reals a k = value c * reals b k.
Proof.
induction a as [| x a IHa]; intros [| z b]; simpl; try discriminate.
- intros _ k; rewrite !reals_nil; ring.
- destruct (eqb o x (mul o c z)) eqn:x_eq; [| discriminate].
  apply (eqb_value o value o_exact) in x_eq.
  rewrite (value_mul o value o_exact) in x_eq.
  intros rest [| k]; [exact x_eq | apply (IHa b rest)].
Qed.

Lemma is_image_entries denominator theta : forall image,
  Forall proper theta -> 0 < value denominator ->
  is_image o theta image denominator = true ->
  forall k, entries theta k = reals image k / value denominator.
Proof.
induction theta as [| x theta IHtheta]; intros [| z image] theta_proper den_gt0;
  simpl; try discriminate.
- intros _ k; rewrite entries_nil, reals_nil; unfold Rdiv; ring.
- inversion theta_proper as [| x' theta' x_proper rest_proper]; subst.
  destruct (feq o x (Frac z denominator)) eqn:x_eq; [| discriminate].
  apply (feq_value o value o_exact) in x_eq; [| exact x_proper | exact den_gt0].
  intros rest [| k]; [exact x_eq |].
  apply (IHtheta image rest_proper den_gt0 rest).
Qed.

Lemma normal_equations cap l u common :
  Forall proper l -> length l = d ->
  over_common o cap l = Some (u, common) ->
  proportional o (multiply o (gram_rows p) u) common (moment_b p) = true ->
  least_squares n d X y (entries l).
Proof.
intros l_proper l_length over equations k k_lt.
destruct (over_common_value o value o_exact cap l u common l_proper over)
  as (common_gt0 & u_length & l_eq).
assert (entry := proportional_reals common _ _ equations k).
rewrite (multiply_gram o value o_exact i i_formed u k k_lt) in entry.
rewrite (moment_value o value o_exact i i_formed k k_lt) in entry.
rewrite <- (value_square o value o_exact) in entry.
rewrite (mulmv_ext d _ (entries l) (vscale (/ value common) (reals u)) k).
- rewrite mulmv_scale.
  apply (Rmult_eq_reg_l (value (square p) * value common));
    [| apply Rgt_not_eq, Rmult_lt_0_compat; assumption].
  transitivity (value (square p) * mulmv d (Model.gram n X) (reals u) k);
    [field; lra |].
  rewrite entry; ring.
- intros j _; unfold vscale; rewrite l_eq; unfold Rdiv; ring.
Qed.

Lemma preimage_row_space r theta preimage :
  has_rank value i (N.to_nat r) ->
  Forall proper theta -> Forall proper preimage ->
  refused_preimage o bounds i p r theta preimage = None ->
  in_row_space n d X (entries theta).
Proof.
intros rank_r theta_proper preimage_proper; unfold refused_preimage.
destruct (N.ltb_spec r (count_d i)) as [r_lt | r_ge].
- destruct (same_length preimage (start i)) eqn:same; [| discriminate].
  apply same_length_eq in same.
  destruct (over_common o (cap bounds) preimage) as [[w common] |] eqn:over;
    [| discriminate].
  destruct (is_image o theta (multiply o (gram_rows p) w)
    (mul o common (square p))) eqn:image; [| discriminate].
  intros _.
  destruct (over_common_value o value o_exact _ preimage w common
    preimage_proper over) as (common_gt0 & w_length & w_eq).
  assert (den_gt0 : 0 < value (mul o common (square p))).
  { rewrite (value_mul o value o_exact).
    apply Rmult_lt_0_compat; assumption. }
  assert (theta_eq := is_image_entries _ _ _ theta_proper den_gt0 image).
  assert (theta_image : veq d (entries theta)
    (mulmv d (Model.gram n X) (vscale (/ value common) (reals w)))).
  { intros k k_lt; rewrite theta_eq, mulmv_scale.
    rewrite (multiply_gram o value o_exact i i_formed w k k_lt).
    rewrite (value_mul o value o_exact), (value_square o value o_exact).
    assert (scale_pos := scale_gt0 value i i_formed); field; lra. }
  intros u u_null; rewrite (dot_ext d u u _ _ (fun j _ => eq_refl) theta_image).
  apply Spectral.gram_in_row_space, u_null.
- intros _; apply rank_row_space.
  assert (r_le := proj1 rank_r).
  replace d with (N.to_nat r); [exact rank_r |].
  rewrite <- (count_d_size i) in *; lia.
Qed.

Lemma least_squares_proved theta preimage b r :
  Forall proper theta -> Forall proper preimage ->
  Forall good [HasSmallestAtLeast b r] ->
  sound (Rules.least_squares o bounds i p theta preimage
    [HasSmallestAtLeast b r]).
Proof.
intros theta_proper preimage_proper; rewrite Forall_cons_iff.
intros ((low & _) & _); unfold Rules.least_squares.
apply sound_require; intros same; apply same_length_eq in same.
destruct (over_common o (cap bounds) theta) as [[u common] |] eqn:over;
  [| apply sound_refused].
apply sound_require; intros equations.
apply sound_require_no; intros in_rows; apply sound_proved.
destruct (norm_square_value _ _ _ _ theta_proper same over)
  as (norm_proper & norm_eq).
destruct (misfit_residual _ _ _ _ theta_proper same over)
  as (common_gt0 & misfit_eq).
assert (den_gt0 : 0 < value (mul o (mul o common common) (square p))).
{ rewrite !(value_mul o value o_exact); apply Rmult_lt_0_compat;
    [apply Rmult_lt_0_compat; assumption | exact square_pos]. }
split; [| repeat split; try assumption].
- apply (least_squares_meaning value i eta theta _ _ b r low).
  + apply (normal_equations (cap bounds) theta u common); assumption.
  + apply (preimage_row_space r theta preimage); try assumption.
    apply low.
  + exact norm_eq.
  + rewrite (fraction_reduce o value o_exact); unfold Meaning.fraction.
    cbn [num den]; rewrite misfit_eq, !(value_mul o value o_exact).
    assert (scale_pos := scale_gt0 value i i_formed); field; lra.
- apply (proper_reduce o value o_exact); exact den_gt0.
Qed.

Lemma least_squares_sound theta preimage premises :
  Forall proper theta -> Forall proper preimage -> Forall good premises ->
  sound (Rules.least_squares o bounds i p theta preimage premises).
Proof.
intros theta_proper preimage_proper all_good; unfold Rules.least_squares.
take_premises.
exact (least_squares_proved _ _ _ _ theta_proper preimage_proper all_good).
Qed.

(** * unmet *)

Lemma starts_at_zero_value :
  starts_at_zero o i = true -> veq d (start_q value i) vzero.
Proof.
unfold starts_at_zero; rewrite all_forall; intros all_zero k k_lt.
unfold start_q, Meaning.entries, vzero.
assert (in_list : In (nth k (map fraction (start i)) 0)
  (map fraction (start i))) by (apply nth_In; rewrite map_length; exact k_lt).
apply in_map_iff in in_list; destruct in_list as (x & x_eq & x_in).
rewrite <- x_eq; apply (fis_zero_value o value o_exact), all_zero, x_in.
Qed.

Lemma starts_at_zero_false :
  starts_at_zero o i = false -> ~ veq d (start_q value i) vzero.
Proof.
intros not_zero q_zero; apply Bool.not_true_iff_false in not_zero.
apply not_zero; unfold starts_at_zero; apply all_forall; intros x x_in.
apply (In_nth _ _ x) in x_in; destruct x_in as (k & k_lt & x_eq).
assert (entry := q_zero k k_lt).
unfold start_q, Meaning.entries, vzero in entry.
rewrite (nth_indep _ 0 (fraction x)) in entry
  by (rewrite map_length; exact k_lt).
rewrite map_nth, x_eq in entry.
assert (x_proper : proper x).
{ assert (all_proper := start_proper value i i_formed).
  rewrite Forall_forall in all_proper; apply all_proper.
  rewrite <- x_eq; apply nth_In, k_lt. }
unfold fis_zero; apply (eqb_value o value o_exact).
rewrite (value_zero o value o_exact).
unfold Meaning.fraction, Exactness.proper in *.
apply (Rmult_eq_reg_r (/ value (den x)));
  [rewrite Rmult_0_l; exact entry | apply Rinv_neq_0_compat; lra].
Qed.

(** Some step is not in (0, 1/c]. *)
Lemma large_step_eta c : proper c -> large_step o i c = true ->
  exists t, (constant_step i \/ (t < count_T i)%nat) /\
    (0 < eta t -> 1 < eta t * fraction c).
Proof.
intros c_proper; unfold large_step.
assert (formed_steps := steps_proper value i i_formed).
assert (not_small : forall e, proper e -> Rules.small o c e = false ->
  0 < fraction e -> 1 < fraction e * fraction c).
{ intros e e_proper not_small e_gt0; apply Rnot_le_lt; intros product_le.
  assert (is_small : Rules.small o c e = true)
    by (apply (small_value o value o_exact); try assumption; split; assumption).
  congruence. }
revert eta_steps; unfold schedule_of, constant_step.
destruct (steps i) as [e | es |]; intros eta_eq; [| | discriminate].
- intros large; apply Bool.negb_true_iff in large.
  exists 0%nat; split; [left; exact Logic.I |].
  rewrite eta_eq; apply not_small; assumption.
- intros large; apply Bool.negb_true_iff in large.
  destruct formed_steps as (es_proper & es_length).
  assert (found : exists t, (t < length es)%nat /\
    exists e, proper e /\ entries es t = fraction e /\
      Rules.small o c e = false).
  { clear eta_eq es_length; induction es as [| e es IHes]; [discriminate |].
    inversion es_proper as [| e' es' e_proper rest_proper]; subst.
    simpl in large; destruct (Rules.small o c e) eqn:small_e.
    - destruct (IHes rest_proper large) as (t & t_lt & rest).
      exists (S t); split; [simpl; lia | exact rest].
    - exists 0%nat; split; [simpl; lia |].
      exists e; repeat split; assumption. }
  destruct found as (t & t_lt & e & e_proper & entry & not_small_e).
  exists t; split; [right; rewrite <- es_length; exact t_lt |].
  rewrite eta_eq by exact t_lt; rewrite entry.
  apply not_small; assumption.
Qed.

Lemma unmet_sound theorem hypothesis premises :
  Forall good premises ->
  sound (Rules.unmet o i theorem hypothesis premises).
Proof.
intros all_good; unfold Rules.unmet.
assert (one_proper : proper (fone o)) by apply (proper_of_int o value o_exact).
take_premises; rewrite ?Forall_cons_iff in all_good.
- destruct all_good as ((solution & theta_length & theta_proper & s_proper
    & res_proper) & _).
  apply sound_require; intros fails; apply sound_proved.
  apply (fpositive_value o value o_exact) in fails; [| exact res_proper].
  split; [| exact Logic.I].
  apply (unmet_label_noise value i eta _ _ _ _ _ solution); lra.
- destruct all_good as ((low & _) & _).
  apply sound_require; intros fails; apply sound_proved.
  apply N.ltb_lt in fails; split; [| exact Logic.I].
  apply (unmet_rank_deficient value i eta _ _ _ low).
  rewrite <- (count_d_size i); lia.
- apply sound_require; intros fails; apply sound_proved.
  apply Bool.negb_true_iff in fails; split; [| exact Logic.I].
  apply starts_at_zero_false, fails.
- destruct all_good as ((task_good & _ & _ & s_proper) & (low & _) & _).
  apply sound_require; intros meant.
  apply sound_require; intros fails; apply sound_proved.
  apply Bool.negb_true_iff in fails.
  apply (feq_false o value o_exact) in fails; [| exact s_proper
    | exact one_proper].
  rewrite (fraction_fone o value o_exact) in fails.
  split; [| exact Logic.I].
  apply (unmet_other_norm value i eta _ _ _ _ _ task_good low);
    [| exact fails].
  destruct (task i); [left; discriminate | right].
  apply N.eqb_eq in meant; rewrite meant; apply count_d_size.
- destruct all_good as ((high & c_proper) & _).
  apply sound_require; intros fails; apply sound_proved.
  destruct (large_step_eta _ c_proper fails) as (t & judged & large).
  split; [| exact Logic.I].
  apply (unmet_large_step value i eta _ _ t high judged large).
Qed.

End Rules.
