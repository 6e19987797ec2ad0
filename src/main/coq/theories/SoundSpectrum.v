(** Soundness of the rules about the eigenvalues of G: lambda-max-at-most,
    smallest-positive-at-least, lambda-max-at-least, smallest-positive-at-most,
    spectrum, exponential.

    Exports: a lemma [rule_sound] for each; [has_rank_rank]. *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require Import Vectors Model RowSpace Spectrum Convergence.
From Loopcert Require Import Certificate Meaning Reflect.
From Loopcert Require Import Arithmetic Linear Rules Checker.
From Loopcert Require Import Exactness Triangles SoundProblem.

Import ListNotations.

Local Open Scope R_scope.

Section SoundSpectrum.

Context {I : Type} (o : ops I) (value : I -> R) (o_exact : exact o value).
Context (i : instance I) (eta : nat -> R).

Hypothesis i_formed : well_formed value i.

Local Notation fraction := (fraction value).
Local Notation proper := (proper value).
Local Notation reals := (reals value).
Local Notation vdot := Vectors.dot.
Local Notation n := (size_n i).
Local Notation d := (size_d i).
Local Notation X := (examples_X value i).
Local Notation p := (make_problem o i).
Local Notation meaning := (meaning value i eta).
Local Notation good := (good value i eta).
Local Notation sound := (sound value i eta).

Let square_pos : 0 < value (square p) := square_gt0 o value o_exact i i_formed.

Lemma has_rank_rank r : has_rank value i r <-> rank n d X r.
Proof.
split; intros (r_le & basis & null & independent & spans);
  (split; [exact r_le |]); exists basis; split; try exact null;
  (split; [exact independent | exact spans]).
Qed.

Lemma lambda_max_at_most_sound bound w premises :
  proper bound -> sound (Rules.lambda_max_at_most o p bound w premises).
Proof.
intros bound_proper; unfold Rules.lambda_max_at_most.
apply sound_require; intros _.
apply sound_require_no; intros accepted.
apply sound_proved; split; [| exact bound_proper].
intros v.
assert (form_ge0 := refused_semidefinite_psd o value o_exact d _ w v
  (shifted_shaped o value i i_formed _ _) accepted).
assert (one_proper : proper (fone o)) by apply (proper_of_int o value o_exact).
rewrite (shifted_form o value o_exact i i_formed) in form_ge0;
  [| exact one_proper | exact bound_proper].
rewrite (fraction_fneg o value o_exact _ one_proper) in form_ge0.
rewrite (fraction_fone o value o_exact) in form_ge0.
rewrite <- (value_square o value o_exact) in form_ge0.
assert (factor_gt0 : 0 < value (square p)
  * (value (den (fneg o (fone o))) * value (den bound))).
{ apply Rmult_lt_0_compat; [exact square_pos |].
  apply Rmult_lt_0_compat; [exact one_proper | exact bound_proper]. }
assert (rest_ge0 : 0 <= - (1) * energy n d X v + fraction bound * vdot d v v).
{ apply (Rmult_le_reg_l _ _ _ factor_gt0); rewrite Rmult_0_r.
  exact form_ge0. }
lra.
Qed.

(** Null vectors and pivots *)

Lemma null_vector_null v : length v = d ->
  null_vector o p v = true -> veq n (mulmv d X (reals v)) vzero.
Proof.
intros v_length; unfold null_vector; intros form_zero.
apply (eqb_value o value o_exact) in form_zero.
rewrite (value_zero o value o_exact) in form_zero.
rewrite (form_energy o value o_exact i i_formed v v_length) in form_zero.
rewrite <- (value_square o value o_exact) in form_zero.
apply dot_eq0; apply (Rmult_eq_reg_l (value (square p))); [| lra].
rewrite Rmult_0_r; exact form_zero.
Qed.

Lemma refused_basis_null basis : refused_basis o i p basis = None ->
  Forall (fun v => length v = d /\ veq n (mulmv d X (reals v)) vzero) basis.
Proof.
induction basis as [| v basis IHbasis]; simpl; [constructor |].
destruct (same_length v (start i)) eqn:same; [| discriminate].
destruct (null_vector o p v) eqn:null; [| discriminate].
apply same_length_eq in same.
intros rest; constructor; [| apply IHbasis, rest].
split; [exact same | apply null_vector_null; assumption].
Qed.

Lemma has_pivot_place v : forall others,
  has_pivot o v others = true ->
  exists k, (k < length v)%nat /\ reals v k <> 0 /\
    Forall (fun u => reals u k = 0) others.
Proof.
induction v as [| x v IHv]; intros others; simpl; [discriminate |].
assert (later : has_pivot o v (map (@tl I) others) = true ->
  exists k, (k < S (length v))%nat /\ reals (x :: v) k <> 0 /\
    Forall (fun u => reals u k = 0) others).
{ intros rest; destruct (IHv _ rest) as (k & k_lt & pivot & zero).
  exists (S k); split; [lia |]; split; [exact pivot |].
  apply Forall_forall; intros u u_in; rewrite Forall_forall in zero.
  assert (tail_zero := zero (tl u) (in_map _ _ _ u_in)).
  destruct u as [| z u]; [apply reals_nil | exact tail_zero]. }
destruct (eqb o x (zero o)) eqn:x_eq; [exact later |].
destruct (all (fun u => eqb o (hd (zero o) u) (zero o)) others) eqn:heads;
  [| exact later].
intros _; exists 0%nat; split; [lia |]; split.
- apply (eqb_false o value o_exact) in x_eq.
  rewrite (value_zero o value o_exact) in x_eq; exact x_eq.
- apply Forall_forall; intros u u_in; rewrite all_forall in heads.
  assert (head_zero := heads u u_in).
  apply (eqb_value o value o_exact) in head_zero.
  rewrite (value_zero o value o_exact) in head_zero.
  destruct u as [| z u]; [apply reals_nil | exact head_zero].
Qed.

Lemma pivots_place basis : forall before,
  pivots o before basis = true ->
  forall l, (l < length basis)%nat -> exists k,
    (k < length (nth l basis nil))%nat /\ reals (nth l basis nil) k <> 0 /\
    Forall (fun u => reals u k = 0) before /\
    forall m, (m < length basis)%nat -> m <> l ->
      reals (nth m basis nil) k = 0.
Proof.
induction basis as [| v basis IHbasis]; intros before; simpl;
  [intros _ l l_lt; lia |].
destruct (has_pivot o v (before ++ basis)) eqn:pivot; [| discriminate].
intros rest [| l] l_lt.
- destruct (has_pivot_place v _ pivot) as (k & k_lt & pivot_ne0 & zero).
  rewrite Forall_app in zero; destruct zero as (before_zero & basis_zero).
  exists k; split; [exact k_lt |]; split; [exact pivot_ne0 |].
  split; [exact before_zero |]; intros [| m] m_lt m_ne; [contradiction |].
  rewrite Forall_forall in basis_zero; apply basis_zero, nth_In; lia.
- destruct (IHbasis (v :: before) rest l ltac:(lia))
    as (k & k_lt & pivot_ne0 & zero & others).
  exists k; split; [exact k_lt |]; split; [exact pivot_ne0 |].
  split; [exact (Forall_inv_tail zero) |].
  intros [| m] m_lt m_ne; [exact (Forall_inv zero) |].
  apply others; lia.
Qed.

Lemma smallest_positive_at_least_sound bound basis weight w premises :
  proper bound ->
  sound
    (Rules.smallest_positive_at_least o i p bound basis weight w premises).
Proof.
intros bound_proper; unfold Rules.smallest_positive_at_least.
apply sound_require; intros _.
apply sound_require; intros bound_gt0.
apply sound_require; intros count_lt.
apply sound_require_no; intros basis_null.
apply sound_require; intros basis_pivots.
apply sound_require_no; intros accepted.
apply sound_proved; split; [| exact bound_proper].
apply (fpositive_value o value o_exact _ bound_proper) in bound_gt0.
apply N.ltb_lt in count_lt.
assert (null_all := refused_basis_null basis basis_null).
assert (lengths : Forall (fun v => length v = d) basis)
  by (apply Forall_impl with (2 := null_all); intros v (v_length & _);
      exact v_length).
assert (one_proper : proper (fone o)) by apply (proper_of_int o value o_exact).
set (a := shifted o p (fone o) (fneg o bound)) in *.
assert (a_shaped := shifted_shaped o value i i_formed
  (fone o) (fneg o bound)).
fold a in a_shaped.
set (c := value (square p) * (value (den (fone o)) * value (den bound))).
assert (c_gt0 : 0 < c).
{ apply Rmult_lt_0_compat; [exact square_pos |].
  apply Rmult_lt_0_compat; [exact one_proper | exact bound_proper]. }
set (k := length basis).
set (N := integers value basis).
set (A := fun r s => c * (Model.gram n X r s
  - fraction bound * Definite.unit_matrix r s)
  + value weight * sum k (fun l => N l r * N l s)).
assert (A_eq : forall r s, (r < d)%nat -> (s < d)%nat ->
  A r s = c * (Model.gram n X r s
    - fraction bound * Definite.unit_matrix r s)
    + value weight * sum k (fun l => N l r * N l s)) by reflexivity.
assert (A_psd : Definite.psd d A).
{ intros v.
  rewrite (witness_form n d k X N (fraction bound) (value weight) c A A_eq v).
  assert (form_ge0 := refused_semidefinite_psd o value o_exact d _ w v
    (shaped_add_outers o weight d basis a lengths a_shaped) accepted).
  rewrite (tri_form_add_outers o value o_exact weight d basis a v lengths
    a_shaped) in form_ge0.
  unfold a in form_ge0.
  rewrite (shifted_form o value o_exact i i_formed) in form_ge0;
    [| exact one_proper | exact bound_proper].
  rewrite (fraction_fneg o value o_exact _ bound_proper) in form_ge0.
  rewrite (fraction_fone o value o_exact) in form_ge0.
  rewrite <- (value_square o value o_exact) in form_ge0.
  change (value (square p)
    * (value (den (fone o)) * value (den (fneg o bound)))) with c in form_ge0.
  fold k N in form_ge0; lra. }
assert (N_null : forall l, (l < k)%nat -> veq n (mulmv d X (N l)) vzero).
{ intros l l_lt; rewrite Forall_forall in null_all.
  apply (null_all (nth l basis nil)), nth_In, l_lt. }
assert (N_pivots : forall l, (l < k)%nat -> exists q,
  (q < d)%nat /\ N l q <> 0 /\
  forall m, (m < k)%nat -> m <> l -> N m q = 0).
{ intros l l_lt.
  destruct (pivots_place basis [] basis_pivots l l_lt)
    as (q & q_lt & pivot_ne0 & _ & others).
  exists q; split; [| split; [exact pivot_ne0 | exact others]].
  rewrite Forall_forall in lengths; rewrite <- (lengths (nth l basis nil));
    [exact q_lt | apply nth_In, l_lt]. }
split; [exact bound_gt0 |]; split.
- apply (row_convex_witness n d k X N (fraction bound) (value weight) c A
    c_gt0 N_null A_eq A_psd).
- apply has_rank_rank.
  replace (N.to_nat (count_d i - count basis)) with (d - k)%nat.
  + apply (rank_witness n d k X N (fraction bound) (value weight) c A
      bound_gt0 c_gt0 N_null A_eq A_psd N_pivots).
  + rewrite Nnat.N2Nat.inj_sub, (count_d_size i), count_length; reflexivity.
Qed.

(** Rayleigh quotients *)

Lemma positive_square v : length v = d ->
  is_positive o (Arithmetic.dot o v v) = true -> 0 < vdot d (reals v) (reals v).
Proof.
intros v_length square_gt0; apply (positive_value o value o_exact)
  in square_gt0.
rewrite (value_dot o value o_exact d) in square_gt0
  by (rewrite v_length; apply le_n).
exact square_gt0.
Qed.

Lemma rayleigh_value v : length v = d ->
  is_positive o (Arithmetic.dot o v v) = true ->
  proper (rayleigh o p v) /\
  fraction (rayleigh o p v) * vdot d (reals v) (reals v)
  = energy n d X (reals v).
Proof.
intros v_length square_gt0.
assert (vv_gt0 := positive_square v v_length square_gt0).
assert (den_eq : value (den (rayleigh o p v))
  = vdot d (reals v) (reals v) * value (square p)).
{ unfold rayleigh; cbn [den].
  rewrite (value_mul o value o_exact), (value_dot o value o_exact d)
    by (rewrite v_length; apply le_n); reflexivity. }
split.
- unfold Exactness.proper; rewrite den_eq.
  apply Rmult_lt_0_compat; [exact vv_gt0 | exact square_pos].
- unfold Meaning.fraction; rewrite den_eq; unfold rayleigh; cbn [num].
  rewrite (form_energy o value o_exact i i_formed v v_length).
  rewrite <- (value_square o value o_exact); field; lra.
Qed.

Lemma nonzero_of_square v : 0 < vdot d v v -> ~ veq d v vzero.
Proof.
intros square_gt0 v_zero; rewrite (dot_ext d _ _ _ _ v_zero v_zero)
  in square_gt0.
rewrite dot_zero_l in square_gt0; lra.
Qed.

Lemma lambda_max_at_least_sound bound v premises :
  proper bound -> sound (Rules.lambda_max_at_least o i p bound v premises).
Proof.
intros bound_proper; unfold Rules.lambda_max_at_least.
apply sound_require; intros _.
apply sound_require; intros same; apply same_length_eq in same.
apply sound_require; intros v_ne0.
apply sound_require; intros bound_gt0.
apply sound_require; intros rayleigh_ge.
apply sound_proved; split; [| exact bound_proper].
apply (fpositive_value o value o_exact _ bound_proper) in bound_gt0.
destruct (rayleigh_value v same v_ne0) as (quotient_proper & quotient_eq).
apply (fle_value o value o_exact) in rayleigh_ge; try assumption.
assert (vv_gt0 := positive_square v same v_ne0).
split; [exact bound_gt0 |]; intros l l_max.
apply (Spectrum.lambda_max_at_least n d X (fraction bound) (reals v) l);
  [apply nonzero_of_square, vv_gt0 | | exact l_max].
rewrite <- quotient_eq; apply Rmult_le_compat_r; lra.
Qed.

Lemma smallest_positive_at_most_sound bound w premises :
  proper bound ->
  sound (Rules.smallest_positive_at_most o i p bound w premises).
Proof.
intros bound_proper; unfold Rules.smallest_positive_at_most.
apply sound_require; intros _.
apply sound_require; intros same; apply same_length_eq in same.
set (v := multiply o (gram_rows p) w).
apply sound_require; intros v_ne0.
apply sound_require; intros rayleigh_le.
apply sound_proved; split; [| exact bound_proper].
assert (v_length : length v = d)
  by apply (length_multiply o value o_exact i i_formed).
destruct (rayleigh_value v v_length v_ne0) as (quotient_proper & quotient_eq).
apply (fle_value o value o_exact) in rayleigh_le; try assumption.
assert (vv_gt0 := positive_square v v_length v_ne0).
assert (v_eq : veq d (reals v)
  (mulmv d (Model.gram n X) (vscale (value (square p)) (reals w)))).
{ intros k k_lt; rewrite mulmv_scale; unfold v.
  rewrite (multiply_gram o value o_exact i i_formed w k k_lt).
  rewrite (value_square o value o_exact); reflexivity. }
assert (energy_le : energy n d X (reals v)
  <= fraction bound * vdot d (reals v) (reals v)).
{ rewrite <- quotient_eq; apply Rmult_le_compat_r; lra. }
assert (v_nonzero := nonzero_of_square (reals v) vv_gt0).
assert (v_rows : in_row_space n d X (reals v)).
{ intros u u_null; rewrite (dot_ext d u u _ _ (fun j _ => eq_refl) v_eq).
  apply Spectral.gram_in_row_space, u_null. }
assert (image_nonzero : ~ veq n (mulmv d X (reals v)) vzero).
{ intros image_zero; apply v_nonzero, dot_eq0, v_rows, image_zero. }
split; [| split].
- apply Rnot_le_lt; intros bound_le0; apply image_nonzero, dot_eq0.
  assert (energy_ge := dot_ge0 n (mulmv d X (reals v))).
  fold (energy n d X (reals v)) in *; nra.
- apply lambda_min_exists; intros X_zero; apply image_nonzero, X_zero.
- intros l l_min.
  apply (Spectrum.smallest_positive_at_most n d X (fraction bound) (reals v)
    (vscale (value (square p)) (reals w)) l v_eq v_nonzero energy_le l_min).
Qed.

(** * spectrum *)

Lemma spectrum_proved mu r mu' l' l :
  Forall good [HasSmallestAtLeast mu r; HasSmallestAtMost mu';
    HasLambdaMaxAtLeast l'; HasLambdaMaxAtMost l] ->
  sound (Rules.spectrum o [HasSmallestAtLeast mu r; HasSmallestAtMost mu';
    HasLambdaMaxAtLeast l'; HasLambdaMaxAtMost l]).
Proof.
rewrite !Forall_cons_iff.
intros (((mu_gt0 & convex & rank_r) & mu_proper) &
  ((mu'_gt0 & _ & mu'_ge) & mu'_proper) & ((l'_gt0 & l'_le) & l'_proper) &
  (smooth_l & l_proper) & _).
cbn [proper_conclusion] in *; unfold Rules.spectrum.
apply sound_require; intros mu_positive.
apply sound_require; intros mu'_positive.
apply sound_proved.
assert (ratio_proper := proper_fdiv o value o_exact l' mu' l'_proper
  mu'_positive).
assert (one_proper : proper (fone o)) by apply (proper_of_int o value o_exact).
assert (lower_eq : fraction (fmax o (fdiv o l' mu') (fone o))
  = Rmax 1 (fraction l' / fraction mu')).
{ rewrite (fraction_fmax o value o_exact), (fraction_fdiv o value o_exact),
    (fraction_fone o value o_exact) by assumption; apply Rmax_comm. }
assert (upper_eq : fraction (fdiv o l mu) = fraction l / fraction mu)
  by (apply (fraction_fdiv o value o_exact); assumption).
destruct (lambda_max_exists n d X (d_gt0 value i i_formed)) as (lmax & is_max).
assert (lmax_ge := l'_le lmax is_max).
assert (X_ne0 : ~ (forall v, veq n (mulmv d X v) vzero)).
{ intros X_zero; assert (lmax_le : lmax <= 0); [| lra].
  apply is_max; intros v; unfold energy.
  rewrite (dot_ext n _ _ _ _ (X_zero v) (X_zero v)), dot_zero_l; lra. }
destruct (lambda_min_exists n d X X_ne0) as (lmin & is_min).
split.
- split; [exact rank_r |]; split.
  { exists lmax, lmin; split; [exact is_max |]; split; [exact is_min |].
    split; [split; [exact mu_gt0 | apply is_min, convex] |].
    split; [apply mu'_ge, is_min |].
    split; [split; [exact l'_gt0 | exact lmax_ge] |].
    apply is_max, smooth_l. }
  rewrite lower_eq, upper_eq.
  split; [apply Rmax_l |]; split; [apply condition_number_exists, X_ne0 |].
  intros kappa is_kappa.
  apply (condition_number_between n d X); try assumption.
  + intros m m_min; split; [apply m_min, convex | apply mu'_ge, m_min].
  + intros m m_max; split; [apply l'_le, m_max | apply m_max, smooth_l].
- cbn [proper_conclusion].
  repeat split; try assumption.
  + apply proper_fmax; assumption.
  + apply (proper_fdiv o value o_exact); assumption.
Qed.

Lemma spectrum_sound premises :
  Forall good premises -> sound (Rules.spectrum o premises).
Proof.
intros all_good; unfold Rules.spectrum; take_premises.
exact (spectrum_proved _ _ _ _ _ all_good).
Qed.

(** * exponential *)

Lemma exponential_sound premises :
  Forall good premises -> sound (Rules.exponential premises).
Proof.
intros all_good; unfold Rules.exponential; take_premises.
apply sound_proved; rewrite !Forall_cons_iff in all_good.
destruct all_good as (((_ & _ & kl_ge1 & kappa_in) & spectrum_proper) & _).
split.
- split; [exact kl_ge1 |]; split; [apply kappa_in |].
  split; [apply kappa_in |]; intros k (kl_le & _).
  replace (/ k) with (1 / k) by (unfold Rdiv; ring).
  apply fact_5_7; lra.
- destruct spectrum_proper as (_ & _ & _ & _ & kl_proper & ku_proper).
  split; assumption.
Qed.

End SoundSpectrum.
