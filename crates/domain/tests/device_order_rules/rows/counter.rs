//! At the counter: take-up, issue, receipt and what is taken back: DO-33 to DO-50.

use crate::row::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(33, "Only free months of a positive order are taken up, and a take-up closes them to everybody else.")
        .held(
            &["device_order::take_up::take_up", "device_order::periods::put_period"],
            &[
                "months_that_are_taken_up_are_closed_to_others",
                "a_month_is_of_one_take_up_by_constraint",
                "thirty_two_providers_at_once_win_each_month_of_an_order_once",
                "a_month_that_somebody_has_tells_until_when",
                "nothing_that_is_asked_of_an_order_breaks_it",
                "another_shop_and_the_patient_ask_the_holder_for_a_release",
            ],
        ),
    row(34, "A take-up is looked at with what is true then; a limit that changed by it names the payer's reason.")
        .legal("eZWM v2.1.6 pp. 49, 73")
        .held(
            &["device_order::take_up::look_again", "device_order::take_up::changes"],
            &[
                "a_positive_look_holds_the_months_and_freezes_the_limits",
                "a_negative_look_frees_the_months_and_says_why",
                "limits_that_changed_name_their_reasons",
                "who_grows_out_of_an_entitlement_gets_what_the_list_has",
                "another_entitlement_changes_the_limits_and_says_why",
            ],
        ),
    row(35, "A provider needs a contract that is in force on the day and covers the device; a subcontractor acts under its holder's.")
        .held(
            &["device_provider::in_force::contract_in_force", "app::src::device_provider::in_force::supplier"],
            &[
                "a_take_up_needs_a_contract",
                "a_provider_acts_under_its_own_or_its_holders_contract",
                "nobody_without_a_contract_of_today_looks_anything_up",
            ],
        ),
    row(36, "A take-up has one to six months of the order, from the present one on; a one-off order has none.")
        .held(
            &["device_order::take_up::RULES"],
            &["months_are_of_the_order_few_and_not_past", "take_ups::what_the_law_does_not_admit_is_refused", "a_one_off_order_is_taken_up_whole"],
        ),
    row(37, "Only a monthly order is realised in parts, of one to six months each.")
        .legal("eZWM v2.1.6 p. 83")
        .held(
            &["device_order::lifecycle::periods::asked", "device_order::take_up::RULES"],
            &["months_are_of_the_order_few_and_not_past", "a_one_off_order_is_taken_up_whole"],
        ),
    row(38, "Parts of an electronic order may go to several providers, those of a paper one to the first.")
        .held(
            &["device_order::take_up::release", "device_order::take_up::RULES"],
            &[
                "an_order_on_paper_is_realised_where_it_was_begun",
                "a_paper_order_stays_where_it_was_begun",
                "a_paper_order_is_bound_only_where_something_of_it_was_begun",
                "it_is_found_by_its_number_and_goes_to_one_provider",
                "eight_providers_at_once_each_get_a_month_of_their_own",
            ],
        ),
    row(39, "The provider leaves the order's additional entitlement, takes it away, or puts another one in its place.")
        .legal("eZWM v2.1.6 p. 85")
        .held(
            &["device_order::take_up::content_for", "device_order::model::EntitlementChoice"],
            &["another_entitlement_changes_the_limits_and_says_why", "an_entitlement_is_kept_unless_something_else_is_said"],
        ),
    row(40, "Only the provider that holds the months issues goods of them, under a contract that is valid on the day.")
        .held(
            &["device_order::realisation::realise"],
            &[
                "nothing_is_issued_of_what_is_not_held",
                "goods_are_issued_while_they_are_held_under_a_valid_contract",
                "without_a_contract_on_the_day_of_issue_nothing_is_issued",
                "of_eight_issues_at_once_one_counts",
            ],
        ),
    row(41, "The confirmed code is issued, or one that shares its limit.")
        .held(
            &["realisation::items::line_of", "realisation::rules::is_confirmed"],
            &["another_code_is_issued_only_where_it_shares_the_limit", "a_code_that_shares_a_limit_is_issued_on_its_terms", "a_shared_limit_has_at_least_two_groups_that_are_supplied_alike"],
        ),
    row(42, "The patient takes the goods, or another person who is named with an identifier.")
        .legal("eZWM v2.1.6 p. 95")
        .held(
            &["device_order::model::Receiver"],
            &["each_party_sees_of_an_issue_what_concerns_it", "a_receipt_is_the_holder_s_and_names_its_receiver_whole"],
        ),
    row(43, "The receipt is told with the issue, but of monthly goods by courier it may follow.")
        .held(
            &["device_order::realisation::confirm_receipt", "device_order::realisation::correct_receipt"],
            &[
                "a_receipt_comes_at_once_unless_a_courier_brings_a_monthly_supply",
                "a_courier_s_receipt_follows_once",
                "what_a_courier_brings_is_received_later",
                "what_is_supplied_once_has_its_receipt_at_once",
                "api::device_orders::receipt::a_receipt_is_corrected_by_its_next_version_in_time",
            ],
        ),
    row(44, "Goods are not received before they are issued, and in person on the same day.")
        .held(&["realisation::rules::is_receipt_day"], &["a_receipt_is_not_before_the_issue", "what_a_courier_brings_is_received_later"]),
    row(45, "Only goods that were confirmed are settled: something in each item, with the product's number and a price.")
        .held(
            &["realisation::rules::RULES", "device_order::settlement::entries"],
            &[
                "a_month_tells_what_was_issued_and_names_no_patient",
                "what_was_not_carried_out_is_not_booked_and_a_replay_books_nothing",
                "something_is_issued_and_each_code_stands_once",
                "an_issued_product_has_a_number_a_price_and_pieces_that_can_be_counted",
                "realisation::what_the_law_does_not_admit_is_refused",
            ],
        ),
    row(46, "A take-up is given back, and a confirmation that was an error taken back, with a reason and as a whole.")
        .legal("eZWM v2.1.6 pp. 97–99")
        .held(
            &["device_order::take_up::withdraw", "realisation::withdrawal::withdraw"],
            &[
                "what_is_given_back_is_free_for_others",
                "a_provider_gives_back_what_it_took_up",
                "an_officer_releases_with_a_reason_that_patient_and_provider_see",
                "an_error_is_taken_back_in_time_and_the_goods_are_held_again",
                "a_provider_takes_an_error_back_and_issues_the_right_goods",
                "after_its_days_only_an_officer_takes_an_issue_back",
                "what_is_withdrawn_and_confirmed_anew_brings_no_more_than_its_months",
            ],
        )
        .open("The payer's time for taking a confirmation back is not published: an operator sets it."),
    row(47, "Before the period of use has elapsed only one of four grounds admits the next device, where the list lets it be shortened.")
        .held(
            &["form::people::shortening_fits_age", "verification::rules::is_shortened"],
            &[
                "a_ground_for_shortening_fits_the_age",
                "a_period_of_use_is_shortened_where_the_list_admits_it_and_an_officer_judges_what_is_unknown",
                "a_period_of_use_is_cut_short_only_where_the_list_admits_it",
            ],
        ),
    row(48, "A repair extends the period of use by the used part of its limit, rounded down to whole months.")
        .legal("list of devices, column of repairs")
        .held(
            &["device_repair_order::extension::months", "device_repair_order::extension::extend"],
            &[
                "a_repair_adds_full_months_rounded_down",
                "the_next_device_is_borne_later_by_the_months_of_a_repair",
                "the_repair_tells_until_when_the_period_is_longer",
                "the_next_device_is_borne_from_the_day_to_which_a_repair_extends",
            ],
        ),
    row(49, "Any contracted provider may supply, and each has a product at the limit price in every group of its contract.")
        .legal("contract for the supply of medical devices")
        .held(
            &["provider_product::limits::lacks"],
            &[
                "a_product_at_the_limit_does_and_one_above_it_does_not",
                "groups_without_a_product_at_the_limit_are_warned_of_and_unknown_ones_named",
            ],
        ),
    row(50, "A month that has passed is lost; goods are issued in a month that is supplied, later ones in advance.")
        .held(
            &["device_order::elapse::lose", "realisation::rules::issue_date_fits"],
            &[
                "months_elapse_one_by_one_and_the_order_expires_with_the_last",
                "api::device_orders::realisation::months_that_passed_before_the_issue_are_lost",
                "goods_for_later_months_are_issued_within_one_that_is_supplied",
                "an_issue_in_time_is_confirmed_after_the_month_s_end",
                "months_elapse_in_order_and_an_order_of_which_nothing_is_left_expires",
            ],
        ),
];
