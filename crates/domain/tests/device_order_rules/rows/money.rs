//! Additional entitlements, money, records: DO-51 to DO-65.

use crate::row::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(51, "Three entitlements, each for its age, lift quantity and period of use: the prescriber sets how much.")
        .held(
            &["content::entitlement::lifts_quantity_and_period", "content::entitlement::fits_age", "device_order::quantity::is_lifted"],
            &[
                "an_entitlement_lifts_the_bounds_or_the_copay",
                "children_and_adults_have_codes_of_their_own",
                "a_quantity_beyond_the_list_needs_an_entitlement",
                "an_entitlement_fits_the_age_and_its_document_is_valid",
            ],
        ),
    row(52, "They lift neither the patient's share nor the limit of a piece.")
        .legal("benefits act art. 47")
        .held(
            &["verification::lines::limit", "verification::lines::copay"],
            &["money_depends_on_age_pregnancy_and_entitlement", "published_examples_of_absorbent_products_come_out_to_the_grosz"],
        ),
    row(53, "A monthly amount grows with the quantity where the list says so; what a new stoma has once does not, and is for one month.")
        .held(
            &["verification::lines::multiple", "form::supply::has_once"],
            &[
                "an_amount_grows_only_where_the_list_says_so",
                "an_amount_by_the_month_is_for_each_stoma_and_grows_with_an_entitlement",
                "what_a_new_stoma_has_once_is_for_one_month",
                "what_a_new_stoma_has_once_is_not_had_again",
                "what_is_had_once_by_the_month_is_found_in_its_order_and_no_entitlement_lifts_it",
                "an_amount_of_pieces_is_multiplied_before_it_is_divided",
            ],
        ),
    row(54, "More than the list has is justified medically.")
        .held(
            &["form::supply::larger_quantity_is_justified"],
            &["more_than_the_list_has_is_justified", "more_than_one_thing_is_justified"],
        ),
    row(55, "War invalids and those like them pay nothing within the limit and get the usual quantity.")
        .legal("benefits act art. 47(2)")
        .held(
            &["content::entitlement::lifts_copay"],
            &["an_entitlement_lifts_the_bounds_or_the_copay", "another_entitlement_changes_the_limits_and_says_why"],
        ),
    row(56, "The bound on test strips of who has a sensor holds for entitled patients, too.")
        .legal("list of devices, notes on group R")
        .open("The catalogue has no bound across groups: the sources at hand tell of this one without its figures."),
    row(57, "Pregnancy is a mark and no entitlement; it can change criteria and share.")
        .held(
            &["form::people::RULES", "device_order::take_up::content_of"],
            &["a_man_is_not_pregnant", "pregnancy_of_the_day_changes_the_share_and_is_told_in_words"],
        ),
    row(58, "Within the limit of each piece, or of the quantity of a month, and never for more pieces than were confirmed for the months.")
        .held(
            &["device_order::money::split", "realisation::rules::pieces_are_within"],
            &[
                "no_piece_goes_beyond_what_was_confirmed_for_the_months",
                "an_amount_by_the_month_is_borne_for_each_month_of_the_supply",
                "below_the_limit_the_share_is_of_the_price",
                "an_amount_for_the_whole_quantity_is_there_once",
                "nothing_that_is_asked_of_an_order_breaks_it",
            ],
        )
        .open("Whether what is left of one month's amount may be used in another of the same take-up is not published: it is."),
    row(59, "Refund and co-payment are the price, to the grosz, for each code and side.")
        .held(
            &["device_order::money::Rounding", "realisation::items::issued"],
            &[
                "refund_and_copay_are_the_price_and_neither_is_negative",
                "the_grosz_depends_on_where_it_is_rounded",
                "something_is_issued_and_each_code_stands_once",
                "what_is_issued_is_split_to_the_grosz_on_the_confirmed_terms",
                "worked_examples_come_to_the_grosz",
                "reports_reconcile_with_random_issues_and_withdrawals",
                "whatever_all_do_at_once_the_answers_the_orders_and_the_money_agree",
            ],
        )
        .open("No rule of rounding is published: by the line, or as the operator sets it by the piece; mixed limits of a code are lines of their own."),
    row(60, "Tiers of one code may be mixed within the pieces of all, each on its own terms.")
        .legal("list of devices, Y.06.01")
        .held(
            &["realisation::rules::pieces_are_within"],
            &["tiers_are_mixed_within_the_pieces_of_all", "a_tier_is_confirmed_within_its_own_bound"],
        ),
    row(61, "The limit is the one that was confirmed at take-up, whatever the list says later.")
        .legal("eZWM v2.1.6 p. 73")
        .held(
            &["device_order::take_up::conclude"],
            &["a_positive_look_holds_the_months_and_freezes_the_limits", "months_are_issued_and_split_on_the_frozen_limits"],
        ),
    row(62, "The information print has the number, and the code where there is one.")
        .legal("NFZ notice on orders")
        .held(
            &["print::src::device_order::information::render"],
            &[
                "the_sheet_says_all_that_a_patient_needs",
                "nothing_of_the_patient_but_the_name_stands_on_the_sheet",
                "the_information_sheet_is_for_whoever_sees_the_access_data",
            ],
        )
        .open("What else stands on the payer's own print is not published."),
    row(63, "Orders are kept for five years after the year of the supply, two where there was none.")
        .legal("patients' rights act art. 29")
        .open("Nothing of an order is deleted; whether this term is that of electronic orders is not certain."),
    row(64, "Every change and every look is on record and stays there.")
        .legal("RODO art. 9; design")
        .held(
            &["app::src::announce::entries_of", "store::src::audit::append_all"],
            &[
                "device_orders::submission::every_write_refused_attempt_and_read_is_on_record_for_the_patient",
                "the_database_keeps_entries_as_they_are",
                "the_history_tells_what_happened_and_through_whom",
            ],
        ),
    row(65, "The patient is notified only with consent, and sees the stage of an order.")
        .legal("NFZ notice on orders")
        .held(
            &["device_order::visibility::sees"],
            &[
                "months_are_held_with_the_limits_of_now",
                "the_list_tells_what_is_left_of_each_month_who_has_it_and_what_opens_it",
            ],
        )
        .open("Nobody is notified yet; to what a patient agrees is kept."),
];
