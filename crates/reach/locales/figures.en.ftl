figures-group-reach = Campaigns
figure-campaign-households-reached-pct = Households reached by the newest campaign
figure-campaign-households-reached-pct-how = Of the campaign that began last by that day (withdrawn ones left out): households that were spoken to, came to a meeting, opened a message or said that they know, of those on the campaign's roll; a household that ends while the campaign runs leaves it on its day. Loudspeakers and messages merely delivered do not count.
