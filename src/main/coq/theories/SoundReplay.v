(** Soundness of the rules that replay gradient descent exactly,
    error-by-replay and rounded-iterates, and of rounded-trajectory.

    Exports: a lemma [rule_sound] for each; [replays] (a state is theta(t)). *)

From Coq Require Import Reals Lra Lia Arith NArith List.
From Loopcert Require RowSpace Rounding.
From Loopcert Require Import Certificate Arithmetic Linear Rules Values.
From Loopcert Require Import Vectors Model Attention Forms Descent.
From Loopcert Require Import Meaning Reflect Exactness Triangles SoundProblem.
From Loopcert Require Import SoundSpectrum SoundContraction SoundTask.
From Loopcert Require Import SoundBounds.

Import ListNotations.

Local Open Scope R_scope.

Section Replay.

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
Local Notation alpha_value := (query value i).
Local Notation p := (make_problem o i).
Local Notation iterate := (iterate value i eta).
Local Notation good := (good value i eta).
Local Notation sound := (sound value i eta).

Let alpha_nonzero : alpha_value <> 0 := alpha_ne0 value i i_formed.
Let square_pos : 0 < value (square p) := square_gt0 o value o_exact i i_formed.

(** * One step *)

(** u/c - eta (G u/c - b) *)
Definition step_ratio (e : frac I) : frac I :=
  reduce o (Frac (num e) (mul o (den e) (square p))).

Definition step_slope (u : list I) (c : I) : list I :=
  combination o (one o) (multiply o (gram_rows p) u) (neg o c) (moment_b p).

Definition step_numbers (e : frac I) (u : list I) (c : I) : list I :=
  combination o (den (step_ratio e)) u (neg o (num (step_ratio e)))
    (step_slope u c).

Lemma step_ratio_value e : proper e ->
  proper (step_ratio e) /\
  fraction (step_ratio e) = fraction e / value (square p).
Proof.
intros e_proper.
assert (den_gt0 : 0 < value (mul o (den e) (square p))).
{ rewrite (value_mul o value o_exact); apply Rmult_lt_0_compat; assumption. }
split; [apply (proper_reduce o value o_exact); exact den_gt0 |].
unfold step_ratio; rewrite (fraction_reduce o value o_exact).
unfold Meaning.fraction, Exactness.proper in *; cbn [num den].
rewrite (value_mul o value o_exact); field; lra.
Qed.

Lemma length_step_slope u c : length (step_slope u c) = d.
Proof.
unfold step_slope; rewrite length_combination.
rewrite (length_multiply o value o_exact i i_formed).
rewrite (length_moment o value i i_formed); apply Nat.min_id.
Qed.

Lemma length_step_numbers e u c : length u = d ->
  length (step_numbers e u c) = d.
Proof.
intros u_length; unfold step_numbers.
rewrite length_combination, length_step_slope, u_length; apply Nat.min_id.
Qed.

Lemma step_value e u c v :
  proper e -> length u = d -> 0 < value c ->
  veq d v (vscale (/ value c) (reals u)) ->
  let c' := mul o c (den (step_ratio e)) in
  0 < value c' /\
  veq d
    (vsub v (vscale (fraction e) (gradient n d X y v)))
    (vscale (/ value c') (reals (step_numbers e u c))).
Proof.
intros e_proper u_length c_gt0 v_eq c'.
destruct (step_ratio_value e e_proper) as (ratio_proper & ratio_eq).
assert (c'_gt0 : 0 < value c').
{ unfold c'; rewrite (value_mul o value o_exact).
  apply Rmult_lt_0_compat; assumption. }
split; [exact c'_gt0 |]; intros k k_lt.
unfold vscale at 2; unfold step_numbers.
rewrite (reals_combination o value o_exact)
  by (rewrite length_step_slope; exact u_length).
unfold step_slope; rewrite (reals_combination o value o_exact)
  by (rewrite (length_multiply o value o_exact i i_formed),
        (length_moment o value i i_formed); reflexivity).
rewrite !(value_neg o value o_exact), (value_one o value o_exact).
rewrite (multiply_gram o value o_exact i i_formed u k k_lt).
rewrite (moment_value o value o_exact i i_formed k k_lt).
rewrite <- (value_square o value o_exact).
unfold vsub, vscale at 1, gradient, vsub.
rewrite (mulmv_ext d _ v _ k v_eq), mulmv_scale, (v_eq k k_lt).
unfold vscale, c'; rewrite (value_mul o value o_exact).
set (g := mulmv d (Model.gram n X) (reals u) k).
set (b := Model.moment n X y k).
unfold Exactness.proper in ratio_proper; unfold Meaning.fraction at 1
  in ratio_eq.
assert (num_eq : value (num (step_ratio e))
  = fraction e / value (square p) * value (den (step_ratio e))).
{ rewrite <- ratio_eq; field; lra. }
rewrite num_eq; field; repeat split; lra.
Qed.

(** * Replay *)

(** numbers / common = theta(t), and the steps of a schedule from t on *)
Definition replays (s : replay_state) (t : nat) : Prop :=
  length (numbers s) = d /\ 0 < value (common s) /\
  veq d (iterate t) (vscale (/ value (common s)) (reals (numbers s))) /\
  match steps i with
  | Schedule es => remaining s = skipn t es
  | _ => True
  end.

Lemma replay_start_replays s : replay_start o bounds i = Some s -> replays s 0.
Proof.
unfold replay_start.
destruct (over_common o (cap bounds) (first o i)) as [[u c] |] eqn:over;
  [| discriminate].
intros s_eq; injection s_eq as s_eq; subst s.
destruct (first_value o value o_exact i i_formed)
  as (first_proper & first_length & first_eq).
destruct (over_common_value o value o_exact _ _ _ _ first_proper over)
  as (c_gt0 & u_length & u_eq).
split; [cbn [numbers]; lia |]; split; [exact c_gt0 |]; split.
- intros k _; unfold Meaning.iterate; cbn [descent numbers common].
  rewrite <- first_eq, u_eq; unfold vscale, Rdiv; ring.
- destruct (steps i); trivial.
Qed.

Lemma skipn_step {A : Type} (l : list A) : forall t,
  tl (skipn t l) = skipn (S t) l.
Proof.
induction l as [| x l IHl]; intros [| t]; try reflexivity.
apply IHl.
Qed.

Lemma hd_skipn (l : list (frac I)) z : forall t, (t < length l)%nat ->
  fraction (hd z (skipn t l)) = entries l t /\ In (hd z (skipn t l)) l.
Proof.
induction l as [| x l IHl]; intros [| t]; cbn [length skipn]; intros t_lt;
  try lia.
- split; [reflexivity | left; reflexivity].
- destruct (IHl t ltac:(lia)) as (hd_eq & hd_in).
  split; [exact hd_eq | right; exact hd_in].
Qed.

Lemma advance_replays s t :
  rational_steps i = true -> (t < count_T i)%nat ->
  replays s t -> replays (advance o i p s) (S t).
Proof.
intros rational t_lt (s_length & c_gt0 & s_eq & s_rest).
assert (formed_steps := steps_proper value i i_formed).
set (e := match steps i with
  | Constant e => e
  | Schedule _ => hd (fzero o) (remaining s)
  | LambdaMax => fzero o
  end).
assert (e_value : proper e /\ fraction e = eta t).
{ revert eta_steps; unfold schedule_of, e, rational_steps in *.
  destruct (steps i) as [e' | es |]; intros eta_eq.
  - split; [exact formed_steps | symmetry; apply eta_eq].
  - destruct formed_steps as (es_proper & es_length).
    rewrite s_rest.
    destruct (hd_skipn es (fzero o) t ltac:(lia)) as (hd_eq & hd_in).
    rewrite Forall_forall in es_proper.
    split; [apply es_proper, hd_in |].
    rewrite hd_eq; symmetry; apply eta_eq; lia.
  - apply N.eqb_eq in rational; unfold count_T in t_lt; rewrite rational
    in t_lt.
    simpl in t_lt; lia. }
destruct e_value as (e_proper & e_eq).
destruct (step_value e (numbers s) (common s) (iterate t) e_proper s_length
  c_gt0 s_eq) as (c'_gt0 & next_eq).
split; [apply (length_step_numbers e), s_length |].
split; [exact c'_gt0 |]; split.
- intros k k_lt; assert (entry := next_eq k k_lt); rewrite e_eq in entry.
  exact entry.
- destruct (steps i) as [e' | es |]; trivial.
  cbn [advance remaining]; rewrite s_rest; apply skipn_step.
Qed.

Lemma advance_by_replays k : forall s t,
  rational_steps i = true -> (t + N.to_nat k <= count_T i)%nat ->
  replays s t -> replays (advance_by o i p k s) (t + N.to_nat k).
Proof.
unfold advance_by.
induction k as [| k IHk] using N.peano_ind; intros s t rational t_le s_replays.
- rewrite Nat.add_0_r; exact s_replays.
- rewrite N.iter_succ, Nnat.N2Nat.inj_succ, Nat.add_succ_r.
  rewrite Nnat.N2Nat.inj_succ in t_le.
  apply advance_replays; [exact rational | lia |].
  apply IHk; [exact rational | lia | exact s_replays].
Qed.

(** * error-by-replay *)

(** |alpha (<u/c, w/e> - |w/e|^2)| *)
Lemma error_size_value u c w e :
  length u = d -> length w = d -> 0 < value c -> 0 < value e ->
  proper (error_size o i u c w e) /\
  fraction (error_size o i u c w e)
  = Rabs (alpha_value
      * (vdot d (vscale (/ value c) (reals u)) (vscale (/ value e) (reals w))
         - vdot d (vscale (/ value e) (reals w))
                  (vscale (/ value e) (reals w)))).
Proof.
intros u_length w_length c_gt0 e_gt0.
assert (alpha_prop := alpha_proper value i i_formed).
unfold Exactness.proper in alpha_prop.
assert (den_gt0 : 0 < value (den (error_size o i u c w e))).
{ unfold error_size; cbn [den]; rewrite !(value_mul o value o_exact).
  repeat apply Rmult_lt_0_compat; assumption. }
split; [exact den_gt0 |].
unfold Meaning.fraction, error_size; cbn [num den].
rewrite (value_abs o value o_exact), !(value_mul o value o_exact).
rewrite (value_sub o value o_exact), !(value_mul o value o_exact).
rewrite !(value_dot o value o_exact d) by lia.
rewrite !dot_scale_l, !dot_scale_r.
set (uw := vdot d (reals u) (reals w)); set (ww := vdot d (reals w) (reals w)).
unfold query, Meaning.fraction.
set (a := value (num (alpha i))); set (b := value (den (alpha i))).
assert (den_pos : 0 < value c * value e * value e * b)
  by (unfold b; repeat apply Rmult_lt_0_compat; assumption).
unfold Rdiv at 1; rewrite <- (Rabs_pos_eq (/ (value c * value e * value e * b)))
  by (left; apply Rinv_0_lt_compat, den_pos).
rewrite <- Rabs_mult; f_equal; field; repeat split;
  apply Rgt_not_eq; assumption.
Qed.

Lemma error_at t tt :
  error value i eta t tt
  = alpha_value * (vdot d (iterate t) tt - vdot d tt tt).
Proof.
unfold error; rewrite (dot_output value i eta alpha_nonzero); ring.
Qed.

Lemma error_by_replay_proved t lower upper e theta s res r :
  proper lower -> proper upper ->
  Forall good [e; HasLeastSquares theta s res r] ->
  sound (error_by_replay o bounds i p t lower upper
    [e; HasLeastSquares theta s res r]).
Proof.
intros lower_proper upper_proper; rewrite !Forall_cons_iff.
intros (_ & (((solves & in_rows) & _) & theta_length & theta_proper & _) & _).
unfold error_by_replay.
apply sound_require; intros _.
apply sound_require; intros t_le.
apply sound_require; intros rational.
apply sound_some; intros start start_eq.
destruct (over_common o (cap bounds) theta) as [[w c] |] eqn:over;
  [| apply sound_refused].
cbv zeta.
apply sound_require; intros lower_le.
apply sound_require; intros upper_ge; apply sound_proved.
split; [| split; assumption].
apply N.leb_le in t_le.
assert (start_replays := replay_start_replays start start_eq).
assert (t_le_T : (0 + N.to_nat t <= count_T i)%nat) by (unfold count_T; lia).
destruct (advance_by_replays t start 0 rational t_le_T start_replays)
  as (u_length & u_gt0 & u_eq & _).
rewrite Nat.add_0_l in u_eq.
set (state := advance_by o i p t start) in *.
destruct (over_common_value o value o_exact _ _ _ _ theta_proper over)
  as (c_gt0 & w_length & w_eq).
destruct (error_size_value (numbers state) (common state) w c u_length
  ltac:(lia) u_gt0 c_gt0) as (size_proper & size_eq).
apply (fle_value o value o_exact) in lower_le; try assumption.
apply (fle_value o value o_exact) in upper_ge; try assumption.
assert (theta_eq : veq d (entries theta) (vscale (/ value c) (reals w))).
{ intros k _; rewrite w_eq; unfold vscale, Rdiv; ring. }
assert (size_error : fraction (error_size o i (numbers state) (common state)
  w c)
  = Rabs (error value i eta (N.to_nat t) (entries theta))).
{ rewrite size_eq, error_at; do 2 f_equal.
  rewrite (dot_ext d _ _ _ _ u_eq theta_eq).
  rewrite (dot_ext d _ _ _ _ theta_eq theta_eq); reflexivity. }
intros tt (tt_solves & tt_rows).
assert (tt_eq := RowSpace.least_squares_unique n d X y _ _ tt_solves tt_rows
  solves in_rows).
assert (same : error value i eta (N.to_nat t) tt
  = error value i eta (N.to_nat t) (entries theta)).
{ unfold error; f_equal; [| f_equal]; apply dot_ext; intros k k_lt;
    try reflexivity; symmetry; apply tt_eq, k_lt. }
rewrite same, <- size_error; split; assumption.
Qed.

Lemma error_by_replay_sound t lower upper premises :
  proper lower -> proper upper -> Forall good premises ->
  sound (error_by_replay o bounds i p t lower upper premises).
Proof.
intros lower_proper upper_proper all_good; unfold error_by_replay.
take_premises.
exact (error_by_replay_proved _ _ _ _ _ _ _ _ lower_proper upper_proper
  all_good).
Qed.

(** * rounded-iterates *)

Lemma near_value c distance : 0 < value c -> proper distance ->
  forall u l, Forall proper l -> near o u c l distance = true ->
  forall k, (k < length u)%nat ->
  Rabs (entries l k - reals u k / value c) <= fraction distance.
Proof.
intros c_gt0 distance_proper u.
induction u as [| x u IHu]; intros [| r l] l_proper; simpl; try discriminate.
- intros _ k k_lt; lia.
- inversion l_proper as [| r' l' r_proper rest_proper]; subst.
  assert (x_proper : proper (Frac x c)) by exact c_gt0.
  assert (difference_proper
    := proper_fsub o value o_exact r _ r_proper x_proper).
  destruct (fle o (fabs o (fsub o r (Frac x c))) distance) eqn:close;
    [| discriminate].
  apply (fle_value o value o_exact) in close;
    [| exact difference_proper | exact distance_proper].
  rewrite (fraction_fabs o value o_exact), (fraction_fsub o value o_exact)
    in close
    by assumption.
  intros rest [| k] k_lt; [exact close |].
  apply (IHu l rest_proper rest); lia.
Qed.

Lemma refused_iterates_near iterates : forall s now,
  rational_steps i = true ->
  Forall (fun item => proper (snd item) /\ Forall proper (snd (fst item)))
    iterates ->
  (N.to_nat now <= count_T i)%nat -> replays s (N.to_nat now) ->
  refused_iterates o i p s now iterates = None ->
  forall t r c, In (t, r, c) iterates ->
  forall j, (j < d)%nat ->
  Rabs (entries r j - iterate (N.to_nat t) j) <= fraction c.
Proof.
induction iterates as [| [[t r] c] iterates IHiterates];
  intros s now rational all_proper now_le s_replays; cbn [refused_iterates];
  [contradiction |].
destruct (N.leb_spec now t) as [now_le_t |]; [| discriminate].
destruct (N.leb_spec t (loops i)) as [t_le |]; [| discriminate].
destruct (same_length r (start i)) eqn:same; [| discriminate].
inversion all_proper as [| item rest (c_proper & r_proper) rest_proper]; subst.
set (next := advance_by o i p (t - now) s).
destruct (near o (numbers next) (common next) r c) eqn:close; [| discriminate].
intros rest.
assert (next_replays : replays next (N.to_nat t)).
{ replace (N.to_nat t) with (N.to_nat now + N.to_nat (t - now))%nat by lia.
  apply advance_by_replays; [exact rational | unfold count_T; lia |].
  exact s_replays. }
intros t' r' c' [item_eq | item_in].
- injection item_eq as t_eq r_eq c_eq; subst t' r' c'; intros j j_lt.
  destruct next_replays as (u_length & u_gt0 & u_eq & _).
  rewrite (u_eq j j_lt); unfold vscale; rewrite Rmult_comm.
  cbn [fst snd] in *.
  apply (near_value _ _ u_gt0 c_proper _ _ r_proper close); lia.
- apply (IHiterates next t rational rest_proper); try assumption.
  unfold count_T; lia.
Qed.

Lemma rounded_iterates_sound iterates premises :
  Forall (fun item => proper (snd item) /\ Forall proper (snd (fst item)))
    iterates ->
  sound (rounded_iterates o bounds i p iterates premises).
Proof.
intros all_proper; unfold rounded_iterates.
apply sound_require; intros _.
apply sound_require; intros rational.
apply sound_some; intros s s_eq.
apply sound_require_no; intros accepted; apply sound_proved.
split; [| exact Logic.I].
exact (refused_iterates_near iterates s 0 rational all_proper (Nat.le_0_l _)
  (replay_start_replays s s_eq) accepted).
Qed.

(** * rounded-trajectory *)

Lemma near_step_value rho e u w :
  proper rho -> proper e -> Forall proper u -> Forall proper w ->
  length u = d -> length w = d -> 0 <= fraction rho ->
  near_step o bounds p rho e u w = Some true ->
  norm d (vsub (entries w)
    (vsub (entries u) (vscale (fraction e) (gradient n d X y (entries u)))))
  <= fraction rho.
Proof.
intros rho_proper e_proper u_proper w_proper u_length w_length rho_ge0.
unfold near_step.
destruct (over_common o (cap bounds) u) as [[a c] |] eqn:u_over;
  [| discriminate].
destruct (over_common o (cap bounds) w) as [[b f] |] eqn:w_over;
  [| discriminate].
fold (step_ratio e); fold (step_slope a c); fold (step_numbers e a c).
destruct (over_common_value o value o_exact _ _ _ _ u_proper u_over)
  as (c_gt0 & a_length & u_eq).
destruct (over_common_value o value o_exact _ _ _ _ w_proper w_over)
  as (f_gt0 & b_length & w_eq).
assert (u_scaled : veq d (entries u) (vscale (/ value c) (reals a))).
{ intros k _; rewrite u_eq; unfold vscale, Rdiv; ring. }
destruct (step_value e a c (entries u) e_proper ltac:(lia) c_gt0 u_scaled)
  as (c'_gt0 & next_eq).
set (c' := mul o c (den (step_ratio e))) in *.
set (next := step_numbers e a c) in *.
set (off := combination o c' b (neg o f) next).
assert (next_length : length next = d)
  by (apply length_step_numbers; lia).
assert (off_length : length off = d)
  by (unfold off; rewrite length_combination; lia).
set (v := vsub (entries w) (vsub (entries u)
  (vscale (fraction e) (gradient n d X y (entries u))))).
assert (off_eq : veq d v
  (vscale (/ (value c' * value f)) (reals off))).
{ intros k k_lt; unfold v, vsub at 1; rewrite (next_eq k k_lt), w_eq.
  unfold vscale, off.
  rewrite (reals_combination o value o_exact) by lia.
  rewrite (value_neg o value o_exact); field; split; lra. }
assert (product_gt0 : 0 < value c' * value f)
  by (apply Rmult_lt_0_compat; assumption).
assert (square_proper : proper (Frac (Arithmetic.dot o off off)
  (mul o (mul o c' f) (mul o c' f)))).
{ unfold Exactness.proper; cbn [den]; rewrite !(value_mul o value o_exact).
  apply Rmult_lt_0_compat; assumption. }
assert (rho_square := proper_fmul o value o_exact _ _ rho_proper rho_proper).
intros close; injection close as close.
apply (fle_value o value o_exact) in close; try assumption.
rewrite (fraction_fmul o value o_exact) in close by assumption.
assert (square_eq : fraction (Frac (Arithmetic.dot o off off)
  (mul o (mul o c' f) (mul o c' f))) = vdot d v v).
{ unfold Meaning.fraction; cbn [num den].
  rewrite !(value_mul o value o_exact), (value_dot o value o_exact d) by lia.
  rewrite (dot_ext d _ _ _ _ off_eq off_eq), dot_scale_l, dot_scale_r.
  field; split; lra. }
rewrite square_eq in close.
unfold norm; rewrite <- (sqrt_square (fraction rho) rho_ge0).
apply sqrt_le_1_alt, close.
Qed.

(** The iterates as a sequence *)
Definition sequence (iterates : list (list (frac I))) : nat -> vec :=
  fun t => entries (nth t iterates nil).

Lemma refused_trajectory_steps rho rest : forall u etas start_at,
  proper rho -> 0 <= fraction rho ->
  Forall (fun r => Forall proper r /\ length r = d) (u :: rest) ->
  (match steps i with
   | Constant e => proper e /\ forall t, fraction e = eta t
   | Schedule es =>
       Forall proper es /\ length es = count_T i /\ etas = skipn start_at es /\
       forall t, (t < count_T i)%nat -> entries es t = eta t
   | LambdaMax => etas = nil
   end) ->
  refused_trajectory o bounds i p rho u etas rest = None ->
  Rounding.rounded_steps n d (fun t => eta (start_at + t)%nat) X y
    (fraction rho) (sequence (u :: rest)) (length rest).
Proof.
induction rest as [| w rest IHrest];
  intros u etas start_at rho_proper rho_ge0 all_proper etas_eq;
  cbn [refused_trajectory].
- intros _ t t_lt; simpl in t_lt; lia.
- set (next := match steps i with
    | Constant e => Some e
    | _ => hd_error etas
    end).
  destruct next as [e |] eqn:e_eq; [| discriminate].
  destruct (near_step o bounds p rho e u w) as [[|] |] eqn:close;
    try discriminate.
  intros accepted.
  inversion all_proper as [| u' r' (u_proper & u_length) rest_proper]; subst.
  inversion rest_proper as [| w' r' (w_proper & w_length) last_proper]; subst.
  assert (e_value : proper e /\ fraction e = eta start_at).
  { unfold next in e_eq; destruct (steps i) as [e' | es |].
    - injection e_eq as e_eq; subst e'.
      destruct etas_eq as (e_proper & e_value); split; [exact e_proper |].
      apply e_value.
    - destruct etas_eq as (es_proper & es_length & rest_eq & es_value).
      subst etas.
      assert (start_lt : (start_at < length es)%nat).
      { apply Nat.nle_gt; intros length_le.
        rewrite skipn_all2 in e_eq by exact length_le; discriminate. }
      destruct (hd_skipn es e start_at start_lt) as (hd_eq & hd_in).
      destruct (skipn start_at es) as [| e' l]; [discriminate |].
      injection e_eq as e_eq; subst e'; cbn [hd] in *.
      rewrite Forall_forall in es_proper.
      split; [apply es_proper, hd_in |].
      rewrite hd_eq; apply es_value; lia.
    - subst etas; discriminate. }
  destruct e_value as (e_proper & e_value).
  assert (first_step := near_step_value rho e u w rho_proper e_proper u_proper
    w_proper u_length w_length rho_ge0 close).
  assert (later := IHrest w (tl etas) (S start_at) rho_proper rho_ge0
    rest_proper).
  assert (later_etas : match steps i with
   | Constant e => proper e /\ forall t, fraction e = eta t
   | Schedule es =>
       Forall proper es /\ length es = count_T i /\
       tl etas = skipn (S start_at) es /\
       forall t, (t < count_T i)%nat -> entries es t = eta t
   | LambdaMax => tl etas = nil
   end).
  { destruct (steps i) as [e' | es |]; [exact etas_eq | |].
    - destruct etas_eq as (es_proper & es_length & rest_eq & es_value).
      repeat split; try assumption.
      rewrite rest_eq; apply skipn_step.
    - rewrite etas_eq; reflexivity. }
  assert (later_steps := later later_etas accepted).
  intros [| t] t_lt.
  + rewrite Nat.add_0_r, <- e_value; exact first_step.
  + rewrite Nat.add_succ_r; apply (later_steps t).
    cbn [length] in t_lt; lia.
Qed.

Lemma last_sequence (u : list (frac I)) rest :
  entries (last (u :: rest) nil) = sequence (u :: rest) (length rest).
Proof.
unfold sequence; f_equal; revert u.
induction rest as [| w rest IHrest]; intros u; [reflexivity |].
apply (IHrest w).
Qed.

Lemma rounded_trajectory_proved rho iterates mu r sl su c theta s res r' :
  proper rho -> Forall (Forall proper) iterates ->
  Forall good [HasSmallestAtLeast mu r; HasSmallSteps sl su c;
    HasLeastSquares theta s res r'] ->
  sound (rounded_trajectory o bounds i p rho iterates
    [HasSmallestAtLeast mu r; HasSmallSteps sl su c;
     HasLeastSquares theta s res r']).
Proof.
intros rho_proper iterates_proper; rewrite !Forall_cons_iff.
intros (((mu_gt0 & convex & rank_r) & mu_proper) &
  ((small & (sl_ge0 & sum_ge) & sum_le & c_range) & _) &
  (((solves & in_rows) & _) & theta_length & theta_proper & _) & _).
cbn [proper_conclusion] in *.
unfold rounded_trajectory.
apply sound_require; intros rank_eq.
assert (rank_d := rank_eqb value i r rank_r rank_eq).
assert (formed_steps := steps_proper value i i_formed).
assert (convex_all := full_rank_convex value i (fraction mu) rank_d convex).
apply sound_some; intros etas etas_eq.
apply sound_require; intros rho_num.
assert (rho_ge0 : 0 <= fraction rho).
{ apply (leb_value o value o_exact) in rho_num.
  rewrite (value_zero o value o_exact) in rho_num.
  unfold Meaning.fraction, Rdiv; apply Rmult_le_pos; [exact rho_num |].
  left; apply Rinv_0_lt_compat, rho_proper. }
destruct iterates as [| u rest]; [apply sound_refused |]; cbv zeta.
apply sound_require; intros count_le.
apply sound_require; intros shapes.
apply sound_require_no; intros accepted.
apply sound_some; intros start_square start_eq.
assert (all_proper : Forall (fun r => Forall proper r /\ length r = d)
  (u :: rest)).
{ unfold shapes_fit in shapes; rewrite all_forall in shapes.
  rewrite Forall_forall in *; intros v v_in; split.
  - apply iterates_proper, v_in.
  - apply (same_length_eq _ _ (shapes v v_in)). }
inversion all_proper as [| u' l' (u_proper & u_length) rest_proper]; subst.
destruct (distance_square o value o_exact bounds i i_formed u theta start_square
  u_proper theta_proper u_length theta_length start_eq) as (s_proper & s_value).
assert (k_le : (length rest <= count_T i)%nat).
{ apply N.leb_le in count_le; rewrite <- (count_length rest).
  unfold count_T; lia. }
assert (small_T := small (count_T i) (or_introl eq_refl)).
destruct (common_smoothness value i eta (count_T i) (d_gt0 value i i_formed)
  small_T) as (L & smooth_L & steps_L).
assert (same_solution : forall tt, least_squares n d X y tt ->
  veq d (entries theta) tt).
{ intros tt tt_solves.
  apply (RowSpace.least_squares_unique n d X y _ _ tt_solves); try assumption.
  apply (rank_row_space value i), rank_d. }
assert (count_proper : proper (of_N o (count rest)))
  by apply (proper_of_int o value o_exact).
assert (count_eq : fraction (of_N o (count rest)) = INR (length rest)).
{ rewrite (fraction_of_N o value o_exact), count_length; reflexivity. }
assert (conclude : forall f a,
  (forall tt, least_squares n d X y tt ->
     norm d (vsub (sequence (u :: rest) (length rest)) tt)
     <= factor_over value i eta (length rest) f * norm d (vsub (entries u) tt)
        + fraction a) ->
  meaning value i eta (HasRoundedTrajectory (u :: rest) f a start_square)).
{ intros f a bound tt tt_solves; cbn [hd]; split.
  - rewrite s_value; apply dot_ext; intros k k_lt; unfold vsub;
      rewrite (same_solution tt tt_solves k k_lt); reflexivity.
  - replace (length (u :: rest) - 1)%nat with (length rest) by (cbn; lia).
    rewrite last_sequence.
    apply bound, tt_solves. }
destruct (steps i) as [e | es |] eqn:step_eq; [| | discriminate].
- injection etas_eq as etas_eq; subst etas.
  apply sound_require; intros rate_pos; apply sound_proved.
  assert (eta_eq : forall t, fraction e = eta t).
  { revert eta_steps; unfold schedule_of; rewrite step_eq; intros eta_eq t.
    symmetry; apply eta_eq. }
  assert (off := refused_trajectory_steps rho rest u [] 0 rho_proper rho_ge0
    all_proper).
  rewrite step_eq in off.
  specialize (off (conj formed_steps eta_eq) accepted).
  assert (rate_proper := proper_fmul o value o_exact _ _ formed_steps
    mu_proper).
  assert (one_proper : proper (fone o))
    by apply (proper_of_int o value o_exact).
  assert (inverse_proper
    := proper_fdiv o value o_exact _ _ one_proper rate_pos).
  destruct (proper_one_minus o value o_exact e mu formed_steps mu_proper)
    as (base_proper & base_eq).
  split; [| exact Logic.I].
  apply conclude; intros tt tt_solves.
  cbn [factor_over factor_value]; rewrite base_eq, count_length.
  rewrite (fraction_fmul o value o_exact), (fraction_fmin o value o_exact),
    (fraction_fdiv o value o_exact), (fraction_fone o value o_exact),
    (fraction_fmul o value o_exact), count_eq
    by (assumption || (apply proper_fmin; assumption)).
  change (entries u) with (sequence (u :: rest) 0%nat).
  assert (constant : constant_step i)
    by (unfold constant_step; rewrite step_eq; exact Logic.I).
  destruct (small 1%nat (or_intror constant) 0%nat Nat.lt_0_1)
    as (e_gt0 & smooth_e).
  rewrite <- (eta_eq 0%nat) in e_gt0, smooth_e.
  apply (Rounding.rounded_trajectory_constant n d X (fraction mu)
    (/ fraction e) (fraction e) y); try assumption.
  + rewrite Rinv_r; lra.
  + intros t t_lt; rewrite (eta_eq t); apply (off t t_lt).
- injection etas_eq as etas_eq; subst etas.
  apply sound_proved.
  destruct formed_steps as (es_proper & es_length).
  assert (eta_eq : forall t, (t < count_T i)%nat -> entries es t = eta t).
  { revert eta_steps; unfold schedule_of; rewrite step_eq, es_length.
    intros eta_eq t t_lt; symmetry; apply eta_eq, t_lt. }
  assert (off := refused_trajectory_steps rho rest u es 0 rho_proper rho_ge0
    all_proper).
  rewrite step_eq in off.
  specialize (off (conj es_proper (conj es_length (conj eq_refl eta_eq)))
    accepted).
  split; [| exact Logic.I].
  apply conclude; intros tt tt_solves.
  cbn [factor_over].
  rewrite (fraction_fmul o value o_exact), count_eq by assumption.
  change (entries u) with (sequence (u :: rest) 0%nat).
  apply (Rounding.rounded_trajectory_schedule n d X (fraction mu) L eta y);
    try assumption.
  intros t t_lt; apply steps_L; lia.
Qed.

Lemma rounded_trajectory_sound rho iterates premises :
  proper rho -> Forall (Forall proper) iterates -> Forall good premises ->
  sound (rounded_trajectory o bounds i p rho iterates premises).
Proof.
intros rho_proper iterates_proper all_good; unfold rounded_trajectory.
take_premises.
all: exact (rounded_trajectory_proved _ _ _ _ _ _ _ _ _ _ _ rho_proper
  iterates_proper all_good).
Qed.

End Replay.
