(** The assumptions of the main theorems, compared with audit.expected by
    [verify]: nothing but axioms of the standard library, those of its real
    numbers and the classical logic that its analysis uses.

    The main theorems are those that the page on the formal part lists; a test
    holds both lists to each other. *)

From Loopcert Require Attention Bernstein Convergence Convex Definite
  Descent Forms Grid Headline Nearest Noise Rounding
  RowSpace Softmax SoundPowering SoundReplay
  SoundTask SoundValues Soundness Spectral Spectrum
  Stronger Vectors.

Print Assumptions Attention.lemma_4_1.
Print Assumptions Attention.theorem_4_2.
Print Assumptions Attention.theorem_4_2_output.
Print Assumptions Vectors.cauchy_schwarz.
Print Assumptions Forms.cauchy_schwarz_form.
Print Assumptions Definite.psd_cauchy_schwarz.
Print Assumptions Convergence.lemma_4_3.
Print Assumptions Definite.dominant_psd.
Print Assumptions Definite.factor_psd.
Print Assumptions Definite.eliminate_psd.
Print Assumptions Definite.definite_surjective.
Print Assumptions Convergence.lemma_5_3.
Print Assumptions Convergence.lemma_5_5.
Print Assumptions Spectral.spectral_theorem.
Print Assumptions RowSpace.rank_witness.
Print Assumptions RowSpace.row_convex_witness.
Print Assumptions Spectrum.lambda_max_exists.
Print Assumptions Spectrum.lambda_max_at_least.
Print Assumptions Spectrum.lambda_min_exists.
Print Assumptions Spectrum.smallest_positive_at_most.
Print Assumptions Spectrum.condition_number_between.
Print Assumptions Convergence.fact_5_7.
Print Assumptions Descent.contraction_small_steps.
Print Assumptions Convergence.lemma_5_6.
Print Assumptions Convergence.lemma_5_6_tight.
Print Assumptions Convex.loss_descent_convergence.
Print Assumptions Convex.gradient_descent_convergence.
Print Assumptions Descent.contraction_constant.
Print Assumptions Bernstein.bernstein.
Print Assumptions Grid.contraction_schedule_grid.
Print Assumptions Spectral.functional_calculus.
Print Assumptions Spectrum.non_contraction_constant.
Print Assumptions Spectrum.non_contraction_schedule.
Print Assumptions Convergence.theorem_5_8.
Print Assumptions Convergence.realizable_least_squares.
Print Assumptions RowSpace.least_squares_minimises.
Print Assumptions RowSpace.least_squares_least_norm.
Print Assumptions Nearest.nearest_solution.
Print Assumptions SoundTask.unmet_sound.
Print Assumptions Convergence.theorem_4_4.
Print Assumptions Convergence.theorem_4_4_schedule.
Print Assumptions SoundValues.theorem_44_value_sound.
Print Assumptions Convergence.tight_bound.
Print Assumptions Convergence.tight_bound_schedule.
Print Assumptions Convergence.doubled_exponent.
Print Assumptions Convergence.doubled_exponent_schedule.
Print Assumptions Stronger.error_identity.
Print Assumptions Stronger.two_sided.
Print Assumptions Stronger.error_sign.
Print Assumptions Stronger.error_decreasing.
Print Assumptions Stronger.error_double.
Print Assumptions Stronger.better_constant_step.
Print Assumptions Stronger.any_start_constant.
Print Assumptions Stronger.general_labels.
Print Assumptions Noise.noise_bound.
Print Assumptions Stronger.limit_error.
Print Assumptions Stronger.limit_error_cv.
Print Assumptions Softmax.softmax_derivative.
Print Assumptions Softmax.softmax_regression_lipschitz.
Print Assumptions Softmax.softmax_shift.
Print Assumptions SoundReplay.error_by_replay_sound.
Print Assumptions SoundPowering.error_by_powering_sound.
Print Assumptions SoundReplay.rounded_iterates_sound.
Print Assumptions Rounding.rounded_trajectory_constant.
Print Assumptions Rounding.rounded_trajectory_schedule.
Print Assumptions Soundness.check_sound.
Print Assumptions Soundness.accepted_steps.
Print Assumptions Soundness.accepted_obligations.
Print Assumptions Headline.certified_bound.
